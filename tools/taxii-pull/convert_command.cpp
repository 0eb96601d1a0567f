// taxii-pull convert FILE…: STIX on disk -> rows, in memory that does not grow with the file.
#include "common/base/text.h"
#include "common/cli/progress.h"
#include "tools/taxii-pull/row_options.h"
#include "tools/taxii-pull/stix/object_stream.h"
#include "tools/taxii-pull/stix/version_index.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

#include <atomic>
#include <filesystem>

namespace quarry::taxii_pull {
namespace {

void warn(cli::Invocation& invocation, std::string message, std::string hint = {},
          std::string file = {}) {
  Diagnostic warning;
  warning.level = Level::kWarning;
  warning.kind = DiagnosticClass::kData;
  warning.message = std::move(message);
  warning.hint = std::move(hint);
  warning.file = std::move(file);
  invocation.diagnostics().add(std::move(warning));
}

std::string place_of(const io::Input& input, const json::Element& object) {
  return fmt::format("{}:{} (byte {}): ", input.name, object.line, object.offset + 1);
}

/// Reads every file twice where that can be: first for names, relationships and the newest version
/// of each object, which may stand behind what refers to them; then for rows.
class Conversion {
 public:
  Conversion(cli::Invocation& invocation, RowOptions options)
      : invocation_(invocation), converter_(std::move(options), context_) {}

  Result<int> run();
  std::string progress() const { return text::with_thousands(objects_.load()) + " objects"; }

 private:
  Result<void> look_through(const io::Input& input);
  Result<void> write_rows(const io::Input& input, RowOutput& out);
  bool is_newest();
  void note_version();
  void note_bad(std::string what);
  void tell_counts();
  void report(const Error& error);

  cli::Invocation& invocation_;
  stix::Context context_;
  Converter converter_;
  stix::ObjectReader reader_;
  stix::VersionIndex newest_;
  std::uint64_t number_ = 0;  // of the object, over all files, in both passes
  std::uint64_t bad_ = 0;
  std::string first_bad_;
  std::string first_invalid_;  // pattern
  std::atomic<std::uint64_t> objects_{0};
  int status_ = 0;
};

void Conversion::report(const Error& error) {
  invocation_.diagnostics().add(error, DiagnosticClass::kData);
  status_ = exit_status(ErrorCode::kData);
}

void Conversion::note_version() {
  const std::uint64_t id = stix::id_hash(reader_.id());
  const std::int64_t version =
      reader_
          .instant(reader_.has(stix::Member::kModified) ? stix::Member::kModified
                                                        : stix::Member::kCreated)
          .value_or(Datetime{})
          .ticks;
  if (stix::VersionIndex::Entry* const known = newest_.find(id)) {
    if (version >= known->version) *known = {id, version, number_};
  } else {
    newest_.insert({id, version, number_});
  }
}

bool Conversion::is_newest() {
  const stix::VersionIndex::Entry* const known = newest_.find(stix::id_hash(reader_.id()));
  return known == nullptr || known->position == number_;
}

Result<void> Conversion::look_through(const io::Input& input) {
  return stix::for_each_object(
      input, invocation_.cancel(),
      [&](const json::Element& object) -> Result<void> {
        ++number_;
        if (!reader_.read(object.text)) return ok();
        context_.add(reader_);
        note_version();
        return ok();
      },
      [](std::uint64_t, const std::string&) {});
}

Result<void> Conversion::write_rows(const io::Input& input, RowOutput& out) {
  const bool once = input.kind == io::InputKind::kStream;
  return stix::for_each_object(
      input, invocation_.cancel(),
      [&](const json::Element& object) -> Result<void> {
        if (!once) ++number_;
        objects_.fetch_add(1, std::memory_order_relaxed);
        if (!reader_.read(object.text)) {
          note_bad(place_of(input, object) + std::string(reader_.problem()));
          return ok();
        }
        if (once) {
          context_.add(reader_);
        } else if (!is_newest()) {
          return ok();
        }
        const bool all_valid = converter_.counts().invalid_patterns == 0;
        QUARRY_CHECK(converter_.write(reader_, out));
        if (all_valid && converter_.counts().invalid_patterns > 0)
          first_invalid_ = place_of(input, object) + converter_.first_problem();
        return ok();
      },
      [&](std::uint64_t line, const std::string& problem) {
        note_bad(fmt::format("{}:{}: {}", input.name, line, problem));
      });
}

void Conversion::note_bad(std::string what) {
  if (bad_++ == 0) first_bad_ = std::move(what);
}

void Conversion::tell_counts() {
  const RowCounts& counts = converter_.counts();
  if (bad_ > 0) {
    warn(invocation_, fmt::format("{} object{} left out, the first: {}", text::with_thousands(bad_),
                                  bad_ == 1 ? "" : "s", first_bad_));
    status_ = exit_status(ErrorCode::kData);
  }
  if (counts.invalid_patterns > 0) {
    warn(invocation_,
         fmt::format("{} invalid pattern{}, the first: {}",
                     text::with_thousands(counts.invalid_patterns),
                     counts.invalid_patterns == 1 ? "" : "s", first_invalid_),
         "their rows hold the Pattern and no observable");
  }
  if (counts.withheld > 0) {
    warn(invocation_,
         fmt::format("{} object{} stricter than --max-tlp left out",
                     text::with_thousands(counts.withheld), counts.withheld == 1 ? "" : "s"));
  }
  if (counts.rows == 0 && counts.withheld == 0 && bad_ == 0 && status_ == 0) {
    warn(invocation_,
         fmt::format("no indicator in it, so no row: {} other object{}",
                     text::with_thousands(counts.others), counts.others == 1 ? "" : "s"));
  }
}

Result<int> Conversion::run() {
  QUARRY_TRY(const std::unique_ptr<RowTarget> target,
             RowTarget::open(invocation_, converter_.options()));
  const io::InputSet set = io::expand_inputs(invocation_.arguments(), invocation_.cancel());
  for (const Error& error : set.errors) report(error);
  for (const io::Input& input : set.inputs) {
    if (input.kind == io::InputKind::kStream) continue;
    // What is wrong with a file is said once, by the second pass.
    const Result<void> done = look_through(input);
    if (!done && done.error().code() != ErrorCode::kData) return fail(done.error());
  }
  number_ = 0;
  for (const io::Input& input : set.inputs) {
    const Result<void> done = write_rows(input, target->rows());
    if (done) continue;
    if (done.error().code() != ErrorCode::kData) return fail(done.error());
    report(done.error());
  }
  QUARRY_CHECK(target->finish());
  tell_counts();
  if (status_ == 0 && converter_.counts().rows == 0 && invocation_.flag("exit-status")) return 1;
  return status_;
}

}  // namespace

Result<int> convert_command(cli::Invocation& invocation) {
  const std::string& first = invocation.arguments().front();
  const std::string name = first == "-" ? "stdin" : std::filesystem::path(first).stem().string();
  QUARRY_TRY(RowOptions options, read_row_options(invocation, name));
  Conversion conversion(invocation, std::move(options));
  const cli::When wanted =
      invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
  const cli::Progress progress(invocation.streams(), wanted,
                               [&conversion] { return conversion.progress(); });
  return conversion.run();
}

}  // namespace quarry::taxii_pull
