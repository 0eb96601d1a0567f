#include "tools/consent-audit/audit/audit_input.h"

#include "common/base/text.h"
#include "common/base/thread_pool.h"
#include "common/io/block_reader.h"
#include "common/io/line_splitter.h"
#include "common/io/open_input.h"
#include "common/table/element_feed.h"
#include "common/table/open_table.h"
#include "tools/consent-audit/audit/block_rows.h"
#include "tools/consent-audit/audit/csv_rows.h"
#include "tools/consent-audit/audit/turnstile.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

namespace quarry::consent_audit {
namespace {

constexpr std::uint64_t kToldBadLines = 5;
constexpr std::size_t kToldEmpty = 20;
/// Smaller inputs are not worth another thread.
constexpr std::uint64_t kWorthThreads = std::uint64_t{4} << 20;

std::vector<std::string> or_stdin(std::span<const std::string> arguments) {
  if (arguments.empty()) return {"-"};
  return {arguments.begin(), arguments.end()};
}

/// Whether a document over many lines is a page that goes on: services write that before the list.
bool page_goes_on(std::string_view head) {
  const std::size_t link = head.find("\"@odata.nextLink\"");
  return link != std::string_view::npos && link < head.find("\"value\"");
}
bool is_page(std::string_view head) {
  return text::trim_ascii(head).starts_with('{') &&
         head.find("\"value\"") != std::string_view::npos;
}

}  // namespace

/// What all inputs of a run are put together in. accept() is called in the order of the input.
class AuditInput::Reading {
 public:
  Reading(const AuditInput& owner, const Take& take) : owner_(owner), take_(take) {}

  void begin_input(std::uint32_t input) {
    input_ = input;
    lines_before_ = 0;
    rows_before_ = report_.rows + report_.sign_ins;
    failed_before_ = report_.failed_inputs;
  }
  Result<void> accept(BlockRows& block, std::uint64_t lines, bool over_long);
  Result<void> note_bad(std::uint64_t line, std::uint64_t byte, const std::string& why);
  void note_page(bool goes_on, std::uint64_t line);
  /// `ends_list`: a page behind which no other comes.
  void end_input(bool ends_list);
  /// Once, at the end.
  void tell_rest();
  AuditReport& report() { return report_; }

 private:
  void note_foreign(std::uint64_t line);
  const std::string& name() const { return owner_.names_[input_]; }

  const AuditInput& owner_;
  const Take& take_;
  AuditReport report_;
  std::uint32_t input_ = 0;
  std::uint64_t lines_before_ = 0;
  std::uint64_t rows_before_ = 0;
  std::uint64_t failed_before_ = 0;
  std::vector<std::string> empty_;       // inputs without a row
  std::vector<std::string> empty_ends_;  // pages of none, which a list may end in
  std::string first_foreign_;
  std::string first_truncated_;
  std::string first_open_page_;
  bool has_last_page_ = false;
};

/// `lines`: newlines in the block.
Result<void> AuditInput::Reading::accept(BlockRows& block, std::uint64_t lines, bool over_long) {
  report_.rows += block.row_count;
  report_.others += block.others;
  report_.sign_ins += block.sign_ins;
  report_.unrecognised += block.unrecognised;
  has_last_page_ |= block.last_pages > 0;
  for (const std::uint64_t line : block.open_pages) note_page(true, lines_before_ + line + 1);
  if (block.truncated > 0 && report_.truncated == 0)
    first_truncated_ = fmt::format("{}:{}", name(), lines_before_ + block.first_truncated + 1);
  report_.truncated += block.truncated;
  for (const BlockRows::BadLine& bad : block.bad)
    QUARRY_CHECK(note_bad(lines_before_ + bad.line + 1, bad.byte, bad.why));
  for (const std::uint64_t line : block.foreign) note_foreign(lines_before_ + line + 1);
  for (PlacedRow& placed : block.rows)
    placed.place = {.input = input_, .line = lines_before_ + placed.place.line + 1};
  if (!block.rows.empty()) QUARRY_CHECK(take_(block.rows));
  lines_before_ += lines;
  if (!over_long) return ok();
  QUARRY_CHECK(note_bad(lines_before_ + 1, 1, "longer than --max-line"));
  ++lines_before_;
  return ok();
}

Result<void> AuditInput::Reading::note_bad(std::uint64_t line, std::uint64_t byte,
                                           const std::string& why) {
  const std::string place = fmt::format("{}:{}:{}", name(), line, byte);
  if (owner_.options_.strict) {
    return fail(Error(ErrorCode::kData, why, "without --strict such lines are skipped and counted")
                    .at(place));
  }
  if (++report_.bad_lines > kToldBadLines) return ok();
  Diagnostic diagnostic;
  diagnostic.level = quarry::Level::kWarning;
  diagnostic.kind = DiagnosticClass::kData;
  diagnostic.message = why + "; skipped";
  diagnostic.file = place;
  owner_.diagnostics_.add(std::move(diagnostic));
  return ok();
}

void AuditInput::Reading::note_page(bool goes_on, std::uint64_t line) {
  has_last_page_ |= !goes_on;
  if (goes_on && first_open_page_.empty()) first_open_page_ = fmt::format("{}:{}", name(), line);
}

void AuditInput::Reading::end_input(bool ends_list) {
  if (report_.rows + report_.sign_ins > rows_before_) return;
  if (report_.failed_inputs > failed_before_) return;  // said already
  (ends_list ? empty_ends_ : empty_).push_back(name());
}

void AuditInput::Reading::note_foreign(std::uint64_t line) {
  if (first_foreign_.empty()) first_foreign_ = fmt::format("{}:{}", name(), line);
}

void AuditInput::Reading::tell_rest() {
  const auto warn = [this](std::string text, std::string hint, std::string place) {
    Diagnostic diagnostic;
    diagnostic.level = quarry::Level::kWarning;
    diagnostic.kind = DiagnosticClass::kData;
    diagnostic.message = std::move(text);
    diagnostic.hint = std::move(hint);
    diagnostic.file = std::move(place);
    owner_.diagnostics_.add(std::move(diagnostic));
  };
  if (report_.bad_lines > kToldBadLines) {
    warn(fmt::format("{} more broken lines were skipped",
                     text::with_thousands(report_.bad_lines - kToldBadLines)),
         {}, {});
  }
  // The last page of a list may be empty; without a page before it, the whole list is.
  if (first_open_page_.empty()) empty_.insert(empty_.end(), empty_ends_.begin(), empty_ends_.end());
  report_.empty_inputs = empty_.size();
  for (std::size_t i = 0; report_.rows > 0 && i < std::min(empty_.size(), kToldEmpty); ++i)
    warn("there is no audit row in it", "an empty log is not a clean one: look at what writes it",
         empty_[i]);
  if (report_.rows > 0 && empty_.size() > kToldEmpty)
    warn(fmt::format("{} more inputs have no audit row", empty_.size() - kToldEmpty), {}, {});
  report_.is_cut_off = !first_open_page_.empty() && !has_last_page_;
  if (report_.is_cut_off) {
    warn(
        "the log goes on in a page that is not here (@odata.nextLink): what is in it was not "
        "judged",
        "follow @odata.nextLink to its end and give every page", first_open_page_);
  }
  if (report_.truncated > 0) {
    warn(fmt::format("{} {} a value that was cut off or is too long; judged by what could be read",
                     text::with_thousands(report_.truncated),
                     report_.truncated == 1 ? "row has" : "rows have"),
         "their findings say truncated; ask the service for the whole row", first_truncated_);
  }
  if (report_.unrecognised > 0) {
    warn(fmt::format("{} {} no audit rows; skipped", text::with_thousands(report_.unrecognised),
                     report_.unrecognised == 1 ? "object is" : "objects are"),
         "directory audits, AuditLogs, the unified audit log and CloudAppEvents are read",
         first_foreign_);
  }
}

AuditInput::AuditInput(std::span<const std::string> arguments, AuditInputOptions options,
                       CancelToken& cancel, Diagnostics& diagnostics)
    : set_(io::expand_inputs(or_stdin(arguments), cancel)),
      options_(options),
      cancel_(cancel),
      diagnostics_(diagnostics) {
  for (const io::Input& input : set_.inputs) names_.push_back(input.name);
}

Result<AuditReport> AuditInput::run(const Take& take) {
  Reading reading(*this, take);
  AuditReport& report = reading.report();
  for (const Error& error : set_.errors) {
    diagnostics_.add(error, DiagnosticClass::kData);
    ++report.failed_inputs;
  }
  for (std::uint32_t number = 0; number < set_.inputs.size(); ++number) {
    const io::Input& input = set_.inputs[number];
    reading.begin_input(number);
    const auto head = io::peek(input, {.run = &cancel_, .owner = nullptr});
    if (const auto stopped = cancel_.error()) return fail(*stopped);
    if (!head) {
      diagnostics_.add(head.error(), DiagnosticClass::kData);
      ++report.failed_inputs;
      continue;
    }
    ++report.files;
    const table::Format format = table::detect_format(*head);
    const bool page = is_page(*head);
    if (format == table::Format::kJson && page) reading.note_page(page_goes_on(*head), 1);
    std::optional<CsvRows> csv = CsvRows::of_head(*head, format);
    QUARRY_CHECK(csv                              ? read_records(input, *csv, reading)
                 : format == table::Format::kJson ? read_documents(input, number, reading)
                                                  : read_lines(input, number, reading));
    reading.end_input(page && !page_goes_on(*head));
    if (const auto stopped = cancel_.error()) return fail(*stopped);
  }
  report.bytes = bytes_so_far();
  reading.tell_rest();
  return report;
}

Result<void> AuditInput::read_lines(const io::Input& input, std::uint32_t, Reading& reading) {
  const bool small = input.kind == io::InputKind::kFile && input.bytes < kWorthThreads;
  const int workers = small ? 1 : std::max(1, options_.threads);
  io::BlockReader reader({input}, {.max_line = options_.max_line, .workers = workers}, cancel_);
  Turnstile turnstile;
  std::mutex failure_mutex;
  std::optional<Error> failure;
  const auto stop = [&](Error error) {
    {
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::move(error);
    }
    reader.stop();
    turnstile.stop();
  };
  const auto work = [&] {
    RowReader rows(options_.others);
    std::vector<table::LineRef> scratch;
    BlockRows read;
    for (;;) {
      auto block = reader.next();
      if (!block) return stop(block.error());
      if (!*block) return;
      const std::string_view text = (*block)->text;
      read.clear();
      consent_audit::read_lines(rows, text, scratch, read);
      bytes_.fetch_add(text.size(), std::memory_order_relaxed);
      const std::uint64_t lines = io::count_newlines(text);
      if (!turnstile.enter((*block)->number)) return;
      const Result<void> accepted = reading.accept(read, lines, (*block)->over_long_line_follows);
      turnstile.leave();
      if (!accepted) return stop(accepted.error());
    }
  };
  run_on_threads(workers, [&](int) {
    try {
      work();
    } catch (...) {  // out of memory: the others must not wait for this one's turn
      turnstile.stop();
      throw;
    }
  });
  if (failure) return fail(*failure);
  for (const Error& error : reader.errors()) {
    diagnostics_.add(error, DiagnosticClass::kData);
    ++reading.report().failed_inputs;
  }
  return ok();
}

/// In sequence: where a quoted field ends, only what lies before it tells.
Result<void> AuditInput::read_records(const io::Input& input, CsvRows& csv, Reading& reading) {
  io::BlockReader reader(
      {input}, {.max_line = options_.max_line, .boundary = io::Boundary::kQuotedRecord}, cancel_);
  RowReader rows(options_.others);
  BlockRows read;
  for (;;) {
    QUARRY_TRY(const auto block, reader.next());
    if (!block) break;
    read.clear();
    csv.read(rows, block->text, block->starts_input, read);
    bytes_.fetch_add(block->text.size(), std::memory_order_relaxed);
    QUARRY_CHECK(
        reading.accept(read, io::count_newlines(block->text), block->over_long_line_follows));
  }
  for (const Error& error : reader.errors()) {
    diagnostics_.add(error, DiagnosticClass::kData);
    ++reading.report().failed_inputs;
  }
  return ok();
}

Result<void> AuditInput::read_documents(const io::Input& input, std::uint32_t, Reading& reading) {
  table::ScanReport scan;
  const table::ScanContext context{
      .cancel = &cancel_, .diagnostics = &diagnostics_, .report = &scan, .strict = options_.strict};
  table::InputOptions input_options;
  input_options.max_line = options_.max_line;
  table::ElementFeed feed({input}, input_options, context);
  RowReader rows(options_.others);
  for (;;) {
    QUARRY_TRY(const auto elements, feed.next());
    if (!elements) break;
    BlockRows read;
    for (std::size_t i = 0; i < elements->elements.size(); ++i) {
      const std::string_view text = elements->elements[i].in(elements->block.text);
      read.read(rows, text, elements->lines[i] - 1, 1);
    }
    QUARRY_CHECK(reading.accept(read, 0, false));
  }
  bytes_.fetch_add(scan.bytes_read.load(), std::memory_order_relaxed);
  reading.report().failed_inputs += scan.failed_inputs.load();
  return ok();
}

}  // namespace quarry::consent_audit
