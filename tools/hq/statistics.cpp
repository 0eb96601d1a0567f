#include "tools/hq/statistics.h"

#include "common/base/text.h"
#include "common/cli/footer.h"

#include <fmt/format.h>

#include <sys/resource.h>

#include <cstdio>

namespace quarry::hq {
namespace {

std::uint64_t peak_resident_bytes() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace

void report_run(cli::Invocation& invocation, const kql::Engine& engine, const kql::Catalog& catalog,
                double seconds) {
  const table::ScanReport& report = engine.report();
  const bool checked_all = invocation.flag("strict") || invocation.options().is_set("bad-lines");
  if (invocation.flag("stats") && !invocation.streams().stderr_is_terminal) {
    fmt::print(
        stderr,
        "{{\"_type\":\"stats\",\"rows\":{},\"rows_read\":{},\"rows_parsed\":{},\"bytes_"
        "read\":{},\"inputs\":{},\"skipped_inputs\":{},\"bad_lines\":{},\"kept_bad_lines\":{},"
        "\"failed_inputs\":{},\"cast_failures\":{},\"seconds\":{:.3f},\"peak_memory\":{},"
        "\"spilled_bytes\":{},\"spilled_runs\":{},\"checked\":\"{}\"}}\n",
        engine.statistics().rows_out, report.rows_read.load(), report.rows_parsed.load(),
        report.bytes_read.load(), catalog.input_count(), report.skipped_inputs.load(),
        report.bad_lines.load(), report.kept_bad_lines.load(),
        report.failed_inputs + catalog.failed_inputs(), report.misfits.count(), seconds,
        peak_resident_bytes(), engine.statistics().spilled_bytes, engine.statistics().spilled_runs,
        checked_all ? "all" : "shape");
    return;
  }
  const bool on_terminal = invocation.streams().stdout_is_terminal &&
                           invocation.streams().stderr_is_terminal &&
                           invocation.output_file().empty();
  const bool wanted =
      invocation.flag("stats") || invocation.options().count("verbose") > 0 || on_terminal;
  if (invocation.flag("quiet") || !wanted) return;
  cli::Footer footer;
  footer.rows = engine.statistics().rows_out;
  footer.files = catalog.input_count();
  footer.bytes_read = report.bytes_read;
  footer.seconds = seconds;
  footer.lines_skipped = report.bad_lines;
  std::string text = cli::footer_text(footer);
  if (invocation.flag("stats")) {
    text += fmt::format(
        " · {} rows read, {} parsed · {} peak memory", text::with_thousands(report.rows_read),
        text::with_thousands(report.rows_parsed), text::human_bytes(peak_resident_bytes()));
    if (report.skipped_inputs > 0) {
      text += fmt::format(" · {} files skipped by their path's time",
                          text::with_thousands(report.skipped_inputs));
    }
    if (engine.statistics().spilled_runs > 0) {
      text += fmt::format(" · {} in {} runs on disk",
                          text::human_bytes(engine.statistics().spilled_bytes),
                          text::with_thousands(engine.statistics().spilled_runs));
    }
    text += fmt::format(" · checked: {}", checked_all ? "all" : "shape");
  }
  fmt::print(stderr, "{}\n", text);
}

}  // namespace quarry::hq
