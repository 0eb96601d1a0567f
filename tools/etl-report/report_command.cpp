// etl-report FILE.etl --top-files 10 …: what Get-MpPerformanceReport prints.
#include "common/base/suggest.h"
#include "common/cli/result_output.h"
#include "tools/etl-report/etl_report_app.h"
#include "tools/etl-report/forms/cautions.h"
#include "tools/etl-report/forms/document.h"
#include "tools/etl-report/forms/json.h"
#include "tools/etl-report/forms/rows.h"
#include "tools/etl-report/forms/text.h"
#include "tools/etl-report/parameters/min_duration.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/report.h"
#include "tools/etl-report/scan_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace quarry::etl_report {
namespace {

bool is_json(const std::string& format) { return format == "json" || format == "ndjson"; }

/// --raw is JSON unless a format of rows is asked for.
Result<std::string> format_of(const cli::Invocation& invocation, bool raw) {
  const std::string format = document_format(invocation);
  if (!raw) return format;
  const bool chosen = invocation.options().is_given("format");
  if (!chosen && format == "table") return "json";
  if (is_json(format) || format == "csv" || format == "tsv") return format;
  return fail(ErrorCode::kUsage, fmt::format("--raw is for machines, --format {} is not", format),
              "--raw goes with --format json, ndjson, csv and tsv");
}

void add_note(cli::Invocation& invocation, std::string text, std::string hint = {}) {
  Diagnostic note;
  note.level = Level::kNote;
  note.message = std::move(text);
  note.hint = std::move(hint);
  invocation.diagnostics().add(std::move(note));
}

/// report is what runs where no command is named, so a misspelled one arrives here as a file.
Result<void> check_command(const cli::Invocation& invocation) {
  const std::string& first = invocation.arguments().front();
  std::error_code error;
  if (std::filesystem::exists(first, error)) return ok();
  std::vector<std::string_view> names;
  for (const cli::CommandDef& command : invocation.app().commands) names.push_back(command.name);
  const std::string near = did_you_mean(first, names);
  if (near.empty()) return ok();
  return fail(ErrorCode::kUsage, fmt::format("unknown command '{}'", first), near);
}

/// Forms that have a place for lists in lists; the others are rows.
bool is_document(const std::string& format) {
  return is_json(format) || format == "table" || format == "html" || format == "markdown";
}

bool is_empty(const Section& section) {
  if (const auto* const overview = std::get_if<Overview>(&section.body)) {
    return overview->figures.empty();
  }
  const List& list = std::get<List>(section.body);
  return list.entries.empty() && list.scans.empty();
}

Result<void> show(cli::Invocation& invocation, const std::string& format, const Report& report,
                  const Recordings& recordings, const std::vector<const Scan*>& scans,
                  const ScanChoice& choice) {
  const TimeForm times = choice.raw ? TimeForm::kFileTime : TimeForm::kIso;
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  std::string text;
  if (is_json(format)) {
    text = to_json(report, recordings, times);
  } else if (format == "table") {
    text = to_text(report, recordings, looks.zone);
  } else if (format == "html" || format == "markdown") {
    const output::Report document =
        to_document(report, recordings, scans, cautions_of(report), looks.zone);
    text = format == "html" ? output::to_html(document) : output::to_markdown(document);
  } else {
    QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, looks, format));
    QUARRY_CHECK(write_report(report, recordings, times, output->rows()));
    QUARRY_CHECK(output->finish());
    return output->commit();
  }
  QUARRY_CHECK(cli::show_text(invocation, text));
  return ok();
}

}  // namespace

Result<int> report_command(cli::Invocation& invocation) {
  QUARRY_CHECK(check_command(invocation));
  QUARRY_TRY(const Parameters parameters, Parameters::read(invocation.options()));
  QUARRY_TRY(const ScanChoice choice, read_scan_choice(invocation.options()));
  QUARRY_TRY(const std::string format, format_of(invocation, choice.raw));
  if (!is_document(format)) QUARRY_CHECK(check_flat(parameters));
  const std::string& least = invocation.text("min-duration");
  if (is_bare_number(least) && parameters.min_duration() > 0) {
    add_note(invocation, fmt::format("--min-duration {} is days, as it is for the cmdlet", least),
             fmt::format("{0}sec, {0}ms and {0}us say what is meant", least));
  }
  if (parameters.min_duration() > 0 && invocation.flag("overview"))
    add_note(invocation, "--overview is of all scans: --min-duration is for the lists beside it",
             "etl-report scans FILE | hq 'where Duration >= …' asks about some");
  Recordings recordings;
  QUARRY_TRY(const int status, read_scans(invocation, choice.nested, recordings));
  if (recordings.facts.empty()) return status;
  const std::vector<const Scan*> scans = chosen_scans(recordings.scans, choice.times);
  const Report report = make_report(scans, parameters);
  QUARRY_CHECK(show(invocation, format, report, recordings, scans, choice));
  for (std::string& caution : cautions_of(report)) add_note(invocation, std::move(caution));
  const bool nothing = std::all_of(report.sections.begin(), report.sections.end(), is_empty);
  return status == 0 && nothing && invocation.flag("exit-status") ? 1 : status;
}

}  // namespace quarry::etl_report
