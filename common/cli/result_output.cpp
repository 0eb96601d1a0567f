#include "common/cli/result_output.h"

#include "common/cli/safe_text.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

namespace quarry::cli {
namespace {

/// While input is live, nobody waits longer than this for a row.
constexpr std::chrono::milliseconds kFlushEvery{200};

bool is_on(const Invocation& invocation, std::string_view option) {
  return invocation.options().is_declared(option) && invocation.flag(option);
}

/// One of the files that the command line names as input, by whatever path.
bool is_argument(const Invocation& invocation, const std::string& file) {
  return std::ranges::any_of(invocation.arguments(), [&file](const std::string& argument) {
    std::error_code none;
    return std::filesystem::equivalent(argument, file, none);
  });
}

}  // namespace

Result<void> check_output_name(const Invocation& invocation) {
  const std::string file = invocation.output_file();
  const bool named =
      invocation.options().is_declared("format") && invocation.options().is_given("format");
  const std::string_view ending = output::ending_of_file(file);
  if (named || ending.empty() || output::find_format_of_file(file) != nullptr) return ok();
  return fail(ErrorCode::kUsage,
              fmt::format("--output {}: no format has the ending {}", file, ending),
              fmt::format("known are {}; --format names another", output::known_endings()));
}

Error names_input() {
  return Error(ErrorCode::kUsage, "--output names a file that is read",
               "write to another file; what was read stays as it is");
}

Result<output::FormatOptions> format_options(const Invocation& invocation) {
  output::FormatOptions options;
  if (invocation.text("tz") != "UTC") {
    auto zone = TimeZone::prepare(invocation.text("tz"));
    if (!zone) return fail(ErrorCode::kUsage, zone.error().message(), "--tz Europe/Paris");
    options.zone = std::move(*zone);
  }
  const std::string file = invocation.output_file();
  const bool terminal = invocation.streams().stdout_is_terminal && file.empty();
  // COLUMNS decides too where a table is asked for and stdout is no terminal: tests and scripts get
  // repeatable widths.
  options.width = terminal || invocation.environment()("COLUMNS") ? invocation.streams().width : 0;
  options.color = terminal && invocation.streams().color;
  options.typed = invocation.flag("typed") || file.ends_with(".typed.ndjson");
  options.csv_safe = invocation.flag("csv-safe");
  options.line_buffered = invocation.flag("line-buffered") || is_on(invocation, "follow");
  return options;
}

ResultOutput::ResultOutput(std::string name)
    : name_(std::move(name)), out_([this] { return descriptor(); }, name_) {}

Result<std::unique_ptr<ResultOutput>> ResultOutput::open(const Invocation& invocation,
                                                         const output::FormatOptions& looks) {
  return open(invocation, looks, invocation.format());
}

Result<std::unique_ptr<ResultOutput>> ResultOutput::open(const Invocation& invocation,
                                                         const output::FormatOptions& looks,
                                                         const std::string& format) {
  const std::string file = invocation.output_file();
  std::unique_ptr<ResultOutput> output(new ResultOutput(file.empty() ? "stdout" : file));
  if (!file.empty()) {
    if (is_argument(invocation, file)) return fail(names_input());
    QUARRY_TRY(AtomicFile created, AtomicFile::create(file));
    output->file_.emplace(std::move(created));
  } else {
    output->on_screen_ = invocation.streams().stdout_is_terminal;
    const bool for_people = format == "table" || format == "list";
    if (output->on_screen_ && for_people && invocation.flag("pager"))
      output->pager_command_ = pager_command(invocation.environment());
    output->out_.flush_every(kFlushEvery);
  }
  output->rows_ = output::find_format(format)->make(output->out_, looks);
  return output;
}

/// Starts the pager: at the first byte, so that a query which fails or is stopped before leaves the
/// terminal alone.
int ResultOutput::descriptor() {
  if (file_) return file_->descriptor();
  if (on_screen_ && before_screen_) before_screen_();
  if (pager_command_.empty()) return STDOUT_FILENO;
  pager_.emplace(Pager::start(pager_command_));
  return pager_->descriptor();
}

Result<void> ResultOutput::finish() {
  const Result<void> finished = out_.finish();
  if (pager_) pager_->finish();
  return finished;
}

Result<void> ResultOutput::commit() { return file_ ? file_->commit() : ok(); }

namespace {

Result<int> show_in(const Invocation& invocation, const Schema& schema, std::vector<Column> columns,
                    const std::string& format) {
  QUARRY_TRY(const output::FormatOptions looks, format_options(invocation));
  QUARRY_TRY(const std::unique_ptr<ResultOutput> output,
             ResultOutput::open(invocation, looks, format));
  const std::size_t rows = columns.front().rows();
  QUARRY_CHECK(output->rows().begin(schema, ""));
  if (rows > 0) QUARRY_CHECK(output->rows().write(Batch(std::move(columns), rows)));
  QUARRY_CHECK(output->rows().end());
  QUARRY_CHECK(output->finish());
  QUARRY_CHECK(output->commit());
  return 0;
}

}  // namespace

Result<int> show_rows(const Invocation& invocation, const Schema& schema,
                      std::vector<Column> columns) {
  return show_in(invocation, schema, std::move(columns), invocation.format());
}

Result<int> show_rows(const Invocation& invocation, const Schema& schema,
                      std::vector<Column> columns, const std::string& unasked) {
  const bool asked = invocation.options().is_given("format") || !invocation.output_file().empty();
  return show_in(invocation, schema, std::move(columns), asked ? invocation.format() : unasked);
}

/// Their texts have escapes of their own.
static bool is_for_programs(const std::string& format) {
  return format == "ndjson" || format == "json" || format == "html";
}

Result<int> show_text(const Invocation& invocation, std::string_view text) {
  QUARRY_TRY(const std::unique_ptr<ResultOutput> output, ResultOutput::open(invocation, {}));
  QUARRY_CHECK(output->bytes().write(is_for_programs(invocation.format()) ? std::string(text)
                                                                          : safe_text(text)));
  QUARRY_CHECK(output->finish());
  QUARRY_CHECK(output->commit());
  return 0;
}

}  // namespace quarry::cli
