// etl-report scans FILE…: every scan, one a row, for hq and other readers of NDJSON.
#include "common/cli/result_output.h"
#include "common/json/writer.h"
#include "tools/etl-report/etl_report_app.h"
#include "tools/etl-report/forms/json.h"
#include "tools/etl-report/forms/rows.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/report.h"
#include "tools/etl-report/scan_input.h"

namespace quarry::etl_report {
namespace {

using Scans = std::vector<const Scan*>;

/// As the report has them: what is empty is left out, which rows of columns could not do.
Result<void> write_objects(const Scans& scans, const Recordings& recordings, TimeForm times,
                           bool as_array, io::Sink& out) {
  std::string text = as_array ? "[" : "";
  for (std::size_t i = 0; i < scans.size(); ++i) {
    if (as_array && i > 0) text += ',';
    append_scan(text, *scans[i], times, recordings.facts[scans[i]->trace].label);
    if (!as_array) text += '\n';
    QUARRY_CHECK(out.write(text));
    text.clear();
  }
  return out.write(as_array ? text + "]\n" : text);
}

Result<void> show(const cli::Invocation& invocation, const Scans& scans,
                  const Recordings& recordings, TimeForm times) {
  const std::string format = invocation.format();
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, looks));
  if (format == "ndjson" || format == "json") {
    if (looks.typed && format == "ndjson") {
      std::string line;
      json::append_schema_line(line, scan_schema(times), "DefenderScans");
      QUARRY_CHECK(output->bytes().write(line));
    }
    QUARRY_CHECK(write_objects(scans, recordings, times, format == "json", output->bytes()));
  } else if (format == "table" && looks.width > 0) {
    QUARRY_CHECK(write_scans_for_screen(scans, recordings, times, output->rows()));
  } else {
    QUARRY_CHECK(write_scans(scans, recordings, times, output->rows()));
  }
  QUARRY_CHECK(output->finish());
  return output->commit();
}

}  // namespace

Result<int> scans_command(cli::Invocation& invocation) {
  QUARRY_TRY(const ScanChoice choice, read_scan_choice(invocation.options()));
  Recordings recordings;
  QUARRY_TRY(const int status, read_scans(invocation, choice.nested, recordings));
  if (recordings.facts.empty()) return status;
  const Scans scans = chosen_scans(recordings.scans, choice.times);
  QUARRY_CHECK(
      show(invocation, scans, recordings, choice.raw ? TimeForm::kFileTime : TimeForm::kIso));
  return status == 0 && scans.empty() && invocation.flag("exit-status") ? 1 : status;
}

}  // namespace quarry::etl_report
