#include "tools/etl-report/forms/document.h"

#include "tools/etl-report/forms/scan_load.h"
#include "tools/etl-report/forms/tables.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/views/tables.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::etl_report {
namespace {

constexpr std::size_t kBars = 10;
constexpr std::size_t kLoadSteps = 160;

/// The dearest groups of a view's own list, whatever the report was asked for.
output::BarChart bars_of(const View& view, std::string title, std::span<const Scan* const> scans) {
  Parameters parameters;
  parameters.set_count(*view.list, kBars);
  output::BarChart chart{.title = std::move(title), .bars = {}};
  const auto body = view.build(view, scans, parameters);
  for (const Entry& entry : std::get<List>(body).entries) {
    chart.bars.push_back({entry.key, static_cast<double>(entry.statistics.total),
                          short_duration_text(entry.statistics.total)});
  }
  return chart;
}

/// What the recordings lack comes before the advice.
output::Notes all_notes(const Recordings& recordings, const std::vector<std::string>& notes) {
  output::Notes all;
  for (const RecordingFacts& recording : recordings.facts) {
    std::vector<std::string> lacks = recording.problems;
    if (recording.incomplete > 0) lacks.push_back(incomplete_text(recording));
    for (const std::string& text : lacks) {
      all.texts.push_back(fmt::format("{}: {}", recording.label, text));
    }
  }
  all.texts.insert(all.texts.end(), notes.begin(), notes.end());
  return all;
}

class SectionWriter {
 public:
  explicit SectionWriter(const Recordings& recordings) : recordings_(recordings) {}

  output::Section write(std::string title, const List& list) const {
    output::Section section{.title = std::move(title), .blocks = {}};
    if (list.entries.empty() && list.scans.empty()) {
      section.blocks.emplace_back(output::Paragraph{"none"});
    } else if (list.subject == Subject::kScans) {
      section.blocks.emplace_back(scan_table(list, recordings_));
    } else {
      section.blocks.emplace_back(entry_table(list));
    }
    return section;
  }

 private:
  output::ReportTable entry_table(const List& list) const {
    output::ReportTable table{.columns = entry_columns(list.subject), .rows = {}};
    for (const Entry& entry : list.entries) {
      output::ReportTable::Row row{.cells = entry_cells(entry), .below = {}};
      for (const List& below : entry.lists) {
        row.below.push_back(write(std::string(below.member), below));
      }
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  const Recordings& recordings_;
};

}  // namespace

output::Report to_document(const Report& report, const Recordings& recordings,
                           std::span<const Scan* const> scans,
                           const std::vector<std::string>& notes, const Zone& zone) {
  output::Report document{
      .title = "Defender Antivirus performance report", .blocks = {}, .sections = {}};
  document.blocks.emplace_back(recordings_table(recordings, scans, zone));
  document.blocks.emplace_back(all_notes(recordings, notes));
  document.blocks.emplace_back(output::Chart(scan_load(scans, kLoadSteps)));
  document.blocks.emplace_back(
      output::Chart(bars_of(kTopFiles, "Files that cost most to scan", scans)));
  document.blocks.emplace_back(
      output::Chart(bars_of(kTopProcesses, "Processes whose files cost most to scan", scans)));
  const SectionWriter writer(recordings);
  for (const Section& section : report.sections) {
    const std::string title = title_of(section.name);
    if (const auto* const list = std::get_if<List>(&section.body)) {
      document.sections.push_back(writer.write(title, *list));
    } else {
      document.sections.push_back(
          {title, {overview_table(std::get<Overview>(section.body), zone)}});
    }
  }
  return document;
}

}  // namespace quarry::etl_report
