// hq QUERY [FILE…]: runs a query and shows its results.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "common/cli/footer.h"
#include "common/cli/pager.h"
#include "common/cli/progress.h"
#include "common/output/format.h"
#include "tools/hq/bad_line_file.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"
#include "tools/hq/statistics.h"

namespace quarry::hq {
namespace {

bool has_any_input(const kql::CatalogOptions& options) { return !options.inputs.empty() || !options.tables.empty(); }

/// A pipe or a file, not a terminal or /dev/null: what a query that names a table reads when no file is given.
bool stdin_can_be_input() {
  struct stat info {};
  return ::fstat(STDIN_FILENO, &info) == 0 && (S_ISREG(info.st_mode) || S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode));
}

/// While input is live, nobody waits longer than this for a row.
constexpr std::chrono::milliseconds kFlushEvery{200};

/// Where results go: --output (appears when complete), a pager, or stdout.
struct Destination {
  std::optional<AtomicFile> file;
  std::string pager_command;  // empty: none
  std::optional<cli::Pager> pager;
  std::string name = "stdout";

  /// Starts the pager: at the first row, so that a query which fails or is stopped before leaves the terminal alone.
  int open() {
    if (file) return file->descriptor();
    if (pager_command.empty()) return STDOUT_FILENO;
    pager.emplace(cli::Pager::start(pager_command));
    return pager->descriptor();
  }
};

Result<Destination> open_destination(cli::Invocation& invocation, const std::string& format) {
  Destination destination;
  if (invocation.options().is_set("output") && invocation.text("output") != "-") {
    QUARRY_TRY(AtomicFile file, AtomicFile::create(invocation.text("output")));
    destination.file.emplace(std::move(file));
    destination.name = invocation.text("output");
  } else if (invocation.streams().stdout_is_terminal && invocation.flag("pager") && (format == "table" || format == "list")) {
    destination.pager_command = cli::pager_command(invocation.environment());
  }
  return destination;
}

Result<output::FormatOptions> format_options(const cli::Invocation& invocation) {
  output::FormatOptions options;
  if (invocation.text("tz") != "UTC") {
    auto zone = TimeZone::prepare(invocation.text("tz"));
    if (!zone) return fail(ErrorCode::kUsage, zone.error().message(), "--tz Europe/Paris");
    options.zone = std::move(*zone);
  }
  const bool to_file = invocation.options().is_set("output");
  const bool terminal = invocation.streams().stdout_is_terminal && !to_file;
  // COLUMNS decides too where a table is asked for and stdout is no terminal: tests and scripts get repeatable widths.
  options.width = terminal || invocation.environment()("COLUMNS") ? invocation.streams().width : 0;
  options.color = terminal && invocation.streams().color;
  options.typed = invocation.flag("typed") || (to_file && invocation.text("output").ends_with(".typed.ndjson"));
  options.csv_safe = invocation.flag("csv-safe");
  options.line_buffered = invocation.flag("line-buffered") || invocation.flag("follow");
  return options;
}

/// Progress shows only where rows do not: results on the same terminal are progress enough.
Result<void> run_with_progress(cli::Invocation& invocation, kql::Engine& engine, BatchSink& results) {
  const bool rows_on_terminal = invocation.streams().stdout_is_terminal && !invocation.options().is_set("output");
  if (rows_on_terminal || invocation.flag("quiet")) return engine.run(results);
  const table::ScanReport& report = engine.report();
  cli::Progress progress(invocation.streams(), cli::parse_when(invocation.text("progress")), [&report] {
    return fmt::format("{} read · {} rows", text::human_bytes(report.bytes_read), text::with_thousands(report.rows_read));
  });
  return engine.run(results);
}

/// Values that became null, or lost digits, because their column has another type.
void tell_misfits(cli::Invocation& invocation, const table::MisfitLog& misfits) {
  for (const auto& [column, entry] : misfits.entries()) {
    invocation.diagnostics().add({.level = Level::kWarning,
                                  .kind = DiagnosticClass::kData,
                                  .message = fmt::format("{}: {} value{} {} no {}, such as '{}': null, or cut to fit", column, text::with_thousands(entry.count),
                                                         entry.count == 1 ? "" : "s", entry.count == 1 ? "is" : "are", name_of(entry.type), entry.example),
                                  .hint = "give the column another type with --schema, or let --sample all find one",
                                  .where = std::nullopt,
                                  .file = {}});
  }
}

int exit_status_of(const cli::Invocation& invocation, const kql::Engine& engine, const kql::Catalog& catalog) {
  const table::ScanReport& report = engine.report();
  const bool misfits = invocation.flag("strict") && report.misfits.count() > 0;
  if (catalog.failed_inputs() + report.failed_inputs > 0 || report.bad_lines > 0 || misfits) return exit_status(ErrorCode::kData);
  if (invocation.flag("exit-status") && engine.statistics().rows_out == 0) return 1;
  return 0;
}

}  // namespace

Result<int> query_command(cli::Invocation& invocation) {
  const double started = monotonic_seconds();
  QUARRY_TRY(QueryText query, read_query(invocation, Dash::kIsInput));
  QUARRY_TRY(kql::CatalogOptions inputs, catalog_options(invocation, query.files));
  QUARRY_TRY(kql::EngineOptions options, engine_options(invocation));
  inputs.input.threads = options.threads;
  const bool from_stdin = std::find(inputs.inputs.begin(), inputs.inputs.end(), "-") != inputs.inputs.end();
  if (from_stdin && invocation.streams().stdin_is_terminal) {
    return fail(ErrorCode::kUsage, "standard input is a terminal", "pipe events into hq, or name a file");
  }
  if (!has_any_input(inputs) && stdin_can_be_input()) inputs.inputs.push_back("-");  // opened only when the query needs rows
  options.interrupt_ends_input = invocation.flag("follow");
  std::optional<BadLineFile> bad_lines;
  if (invocation.options().is_set("bad-lines")) options.bad_lines = &bad_lines.emplace(invocation.text("bad-lines"));

  kql::Catalog catalog(std::move(inputs), invocation.cancel(), invocation.diagnostics());
  kql::Engine engine(std::move(options), catalog, invocation.cancel(), invocation.diagnostics());
  if (!engine.prepare(query.text)) return exit_status(ErrorCode::kQuery);
  if (catalog.nothing_was_read()) return exit_status(ErrorCode::kData);
  if (bad_lines) {
    if (catalog.reads(invocation.text("bad-lines"))) return fail(ErrorCode::kUsage, "--bad-lines names a file that is read", "--bad-lines bad.txt");
    QUARRY_CHECK(bad_lines->open());
  }

  const std::string format = invocation.format();
  QUARRY_TRY(const output::FormatOptions looks, format_options(invocation));
  QUARRY_TRY(Destination destination, open_destination(invocation, format));
  io::Sink out([&destination] { return destination.open(); }, destination.name);
  if (!destination.file) out.flush_every(kFlushEvery);
  const auto results = output::find_format(format)->make(out, looks);
  Result<void> ran = run_with_progress(invocation, engine, *results);
  const Result<void> flushed = out.finish();
  const Result<void> kept = bad_lines ? bad_lines->finish() : Result<void>();
  if (destination.pager) destination.pager->finish();
  const bool reader_gone = (!ran && ran.error().code() == ErrorCode::kReaderGone) || (!flushed && flushed.error().code() == ErrorCode::kReaderGone);
  if (!ran && !reader_gone) {
    if (ran.error().message().empty()) return exit_status(ErrorCode::kQuery);  // reported already
    return fail(ran.error());
  }
  if (!flushed && !reader_gone) return fail(flushed.error());
  QUARRY_CHECK(kept);
  const CancelReason reason = invocation.cancel().reason();
  if (reason == CancelReason::kTimedOut || reason == CancelReason::kTerminated) return fail(*invocation.cancel().error());
  if (destination.file) QUARRY_CHECK(destination.file->commit());
  tell_misfits(invocation, engine.report().misfits);
  report_run(invocation, engine, catalog, monotonic_seconds() - started);
  return reader_gone ? 0 : exit_status_of(invocation, engine, catalog);
}

}  // namespace quarry::hq
