// hq QUERY [FILE…]: runs a query and shows its results.
#include "common/base/clock.h"
#include "common/base/text.h"
#include "common/cli/progress.h"
#include "common/cli/result_output.h"
#include "tools/hq/bad_line_file.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"
#include "tools/hq/statistics.h"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace quarry::hq {
namespace {

bool has_any_input(const kql::CatalogOptions& options) {
  return !options.inputs.empty() || !options.tables.empty();
}

/// A pipe or a file, not a terminal or /dev/null: what a query that names a table reads when no
/// file is given.
bool stdin_can_be_input() {
  struct stat info {};
  return ::fstat(STDIN_FILENO, &info) == 0 &&
         (S_ISREG(info.st_mode) || S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode));
}

/// Values that became null, or lost digits, because their column has another type.
void tell_misfits(cli::Invocation& invocation, const table::MisfitLog& misfits) {
  for (const auto& [column, entry] : misfits.entries()) {
    invocation.diagnostics().add(
        {.level = Level::kWarning,
         .kind = DiagnosticClass::kData,
         .message =
             fmt::format("{}: {} value{} {} no {}, such as '{}': null, or cut to fit", column,
                         text::with_thousands(entry.count), entry.count == 1 ? "" : "s",
                         entry.count == 1 ? "is" : "are", name_of(entry.type), entry.example),
         .hint = "give the column another type with --schema, or let --sample all find one",
         .where = std::nullopt,
         .file = {}});
  }
}

int exit_status_of(const cli::Invocation& invocation, const kql::Engine& engine,
                   const kql::Catalog& catalog) {
  const table::ScanReport& report = engine.report();
  const bool misfits = invocation.flag("strict") && report.misfits.count() > 0;
  if (catalog.failed_inputs() + report.failed_inputs > 0 || report.bad_lines > 0 || misfits)
    return exit_status(ErrorCode::kData);
  if (invocation.flag("exit-status") && engine.statistics().rows_out == 0) return 1;
  return 0;
}

/// The files of the command line, or what is piped in.
Result<void> add_stdin(const cli::Invocation& invocation, kql::CatalogOptions& inputs) {
  const bool named =
      std::find(inputs.inputs.begin(), inputs.inputs.end(), "-") != inputs.inputs.end();
  if (named && invocation.streams().stdin_is_terminal) {
    return fail(ErrorCode::kUsage, "standard input is a terminal",
                "pipe events into hq, or name a file");
  }
  if (!has_any_input(inputs) && stdin_can_be_input())
    inputs.inputs.push_back("-");  // opened only when the query needs rows
  return {};
}

std::string describe_progress(const table::ScanReport& report) {
  return fmt::format("{} read · {} {}", text::human_bytes(report.bytes_read),
                     text::with_thousands(report.rows_read),
                     report.rows_read == 1 ? "row" : "rows");
}

/// The reader has what it wanted: `head`, or someone who left the pager.
bool reader_is_gone(const Result<void>& result) {
  return !result && result.error().code() == ErrorCode::kReaderGone;
}

/// What ended the run early although its results are whole as far as they go.
Result<void> check_time(cli::Invocation& invocation) {
  const CancelReason reason = invocation.cancel().reason();
  if (reason == CancelReason::kTimedOut || reason == CancelReason::kTerminated)
    return fail(*invocation.cancel().error());
  return {};
}

}  // namespace

Result<int> query_command(cli::Invocation& invocation) {
  const double started = monotonic_seconds();
  QUARRY_TRY(QueryText query, read_query(invocation, Dash::kIsInput));
  QUARRY_TRY(kql::CatalogOptions inputs, catalog_options(invocation, query.files));
  QUARRY_TRY(kql::EngineOptions options, engine_options(invocation));
  QUARRY_TRY(const output::FormatOptions looks, format_options(invocation));
  QUARRY_TRY(const auto library, function_library(invocation, kql::syntax::WrongTimes::kError));
  options.functions = library.get();
  QUARRY_CHECK(add_stdin(invocation, inputs));
  const auto fetcher = external_fetcher(invocation);
  inputs.fetcher = fetcher.get();
  inputs.input.threads = options.threads;
  options.interrupt_ends_input = invocation.flag("follow");
  std::optional<BadLineFile> bad_lines;
  if (invocation.options().is_set("bad-lines"))
    options.bad_lines = &bad_lines.emplace(invocation.text("bad-lines"));

  kql::Catalog catalog(std::move(inputs), invocation.cancel(), invocation.diagnostics());
  kql::Engine engine(std::move(options), catalog, invocation.cancel(), invocation.diagnostics());
  if (!engine.prepare(query.text)) return not_prepared(invocation);
  if (catalog.nothing_was_read()) return exit_status(ErrorCode::kData);
  if (!invocation.output_file().empty() && catalog.reads(invocation.output_file()))
    return fail(cli::names_input());
  if (bad_lines) {
    if (catalog.reads(invocation.text("bad-lines")))
      return fail(ErrorCode::kUsage, "--bad-lines names a file that is read",
                  "--bad-lines bad.txt");
    QUARRY_CHECK(bad_lines->open());
  }

  const cli::When progress_wanted =
      invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
  cli::Progress progress(invocation.streams(), progress_wanted,
                         [&engine] { return describe_progress(engine.report()); });
  QUARRY_TRY(const std::unique_ptr<cli::ResultOutput> output,
             cli::ResultOutput::open(invocation, looks));
  output->before_screen([&progress] { progress.stop(); });
  const Result<void> ran = engine.run(output->rows());
  const Result<void> finished = output->finish();
  progress.stop();
  const Result<void> kept = bad_lines ? bad_lines->finish() : Result<void>();
  const bool reader_gone = reader_is_gone(ran) || reader_is_gone(finished);
  if (!ran && !reader_gone) {
    if (ran.error().message().empty()) return exit_status(ErrorCode::kQuery);  // reported already
    return fail(ran.error());
  }
  if (!finished && !reader_gone) return fail(finished.error());
  QUARRY_CHECK(kept);
  QUARRY_CHECK(check_time(invocation));
  QUARRY_CHECK(output->commit());
  tell_misfits(invocation, engine.report().misfits);
  report_run(invocation, engine, catalog, monotonic_seconds() - started);
  return reader_gone ? 0 : exit_status_of(invocation, engine, catalog);
}

}  // namespace quarry::hq
