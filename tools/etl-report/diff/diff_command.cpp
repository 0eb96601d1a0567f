// etl-report diff BEFORE.etl AFTER.etl: which files, processes and extensions got dearer or cheaper
// to scan.
#include "common/cli/result_output.h"
#include "tools/etl-report/diff/diff.h"
#include "tools/etl-report/etl_report_app.h"
#include "tools/etl-report/forms/tables.h"
#include "tools/etl-report/forms/text.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/scan_input.h"

namespace quarry::etl_report {
namespace {

std::string to_text(const Recordings& recordings, const std::vector<const Scan*>& scans,
                    const std::vector<Changes>& changes, const Zone& zone) {
  std::string text;
  append_title(text, "Recordings");
  append_table(text, recordings_table(recordings, scans, zone), 0);
  for (const Changes& subject : changes) {
    append_title(text, title_of(subject.subject));
    if (subject.all.empty()) {
      text += "none\n";
    } else {
      append_table(text, change_table(subject), 0);
    }
  }
  return text;
}

output::Report to_document(const Recordings& recordings, const std::vector<const Scan*>& scans,
                           const std::vector<Changes>& changes, const Zone& zone) {
  output::Report document{
      .title = "Defender Antivirus: changes in scan time", .blocks = {}, .sections = {}};
  document.blocks.emplace_back(recordings_table(recordings, scans, zone));
  for (const Changes& subject : changes) {
    document.sections.push_back({std::string(title_of(subject.subject)), {change_table(subject)}});
  }
  return document;
}

Result<void> show(cli::Invocation& invocation, const Recordings& recordings,
                  const std::vector<const Scan*>& scans, const std::vector<Changes>& changes) {
  const std::string format = document_format(invocation);
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  std::string text;
  if (format == "table") {
    text = to_text(recordings, scans, changes, looks.zone);
  } else if (format == "html") {
    text = output::to_html(to_document(recordings, scans, changes, looks.zone));
  } else if (format == "markdown") {
    text = output::to_markdown(to_document(recordings, scans, changes, looks.zone));
  } else {
    QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, looks, format));
    QUARRY_CHECK(write_changes(changes, output->rows()));
    QUARRY_CHECK(output->finish());
    return output->commit();
  }
  QUARRY_CHECK(cli::show_text(invocation, text));
  return ok();
}

}  // namespace

Result<int> diff_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::optional<std::uint64_t> top, invocation.options().number("top"));
  QUARRY_TRY(const ScanChoice choice, read_scan_choice(invocation.options()));
  Recordings recordings;
  QUARRY_TRY(const int status, read_scans(invocation, choice.nested, recordings, Twice::kIsMeant));
  if (recordings.facts.size() < 2) return status;  // one is missing: nothing to compare
  const std::vector<const Scan*> scans = chosen_scans(recordings.scans, choice.times);
  const std::vector<Changes> changes = compare(scans, static_cast<std::size_t>(top.value_or(0)));
  QUARRY_CHECK(show(invocation, recordings, scans, changes));
  return status;
}

}  // namespace quarry::etl_report
