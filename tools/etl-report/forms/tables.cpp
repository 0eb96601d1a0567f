#include "tools/etl-report/forms/tables.h"

#include "common/base/text.h"
#include "common/output/cell_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::etl_report {
namespace {

/// "C:\Windows\explorer.exe (1204)", or what is known of it.
std::string process_text(const Scan& scan) {
  if (scan.process_id == 0) return std::string(scan.process_path);
  if (scan.process_path.empty()) return fmt::format("({})", scan.process_id);
  return fmt::format("{} ({})", scan.process_path, scan.process_id);
}

}  // namespace

std::string duration_text(std::int64_t ticks) {
  return fmt::format("{}.{:04}ms", ticks / kTicksPerMillisecond, ticks % kTicksPerMillisecond);
}

std::string short_duration_text(std::int64_t ticks) {
  const auto seconds = static_cast<double>(ticks) / static_cast<double>(kTicksPerSecond);
  if (seconds < 1) return fmt::format("{:.1f} ms", seconds * 1000);
  if (seconds < 120) return fmt::format("{:.1f} s", seconds);
  if (seconds < 7200) return fmt::format("{:.1f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

std::string time_text(etl::FileTime time, const Zone& zone) {
  std::string text;
  if (const auto instant = etl::to_datetime(time)) {
    output::append_instant(text, *instant, zone);
  } else {
    text::append_int(text, time.ticks);
  }
  return text;
}

std::string title_of(std::string_view member) {
  std::string title;
  for (const char c : member) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !title.empty()) title += ' ';
    title += title.empty() ? c : text::ascii_lower(c);
  }
  return title;
}

std::vector<output::ReportTable::Column> entry_columns(Subject subject) {
  std::vector<output::ReportTable::Column> columns;
  for (const StatisticDef& def : statistic_defs()) columns.push_back({std::string(def.name), true});
  columns.push_back({std::string(key_name(subject)), false});
  return columns;
}

std::vector<std::string> entry_cells(const Entry& entry) {
  std::vector<std::string> cells;
  for (const StatisticDef& def : statistic_defs()) {
    cells.push_back(def.ticks == nullptr ? std::to_string(entry.statistics.count)
                                         : duration_text(entry.statistics.*def.ticks));
  }
  cells.push_back(entry.key);
  return cells;
}

output::ReportTable scan_table(const List& list, const Recordings& recordings) {
  const bool with_trace = recordings.facts.size() > 1;
  const bool with_skips = std::any_of(list.scans.begin(), list.scans.end(), [](const Scan* scan) {
    return scan->skip_reason != SkipReason::kNotSkipped;
  });
  output::ReportTable table;
  table.columns = {{"ScanType", false}, {"Duration", true}, {"Reason", false}};
  if (with_skips) table.columns.push_back({"SkipReason", false});
  if (with_trace) table.columns.push_back({"Trace", false});
  table.columns.push_back({"Process", false});
  table.columns.push_back({"Path", false});
  for (const Scan* const scan : list.scans) {
    output::ReportTable::Row row;
    row.cells = {std::string(name_of(scan->type)), duration_text(scan->duration()),
                 std::string(scan->reason)};
    if (with_skips) row.cells.emplace_back(name_of(scan->skip_reason));
    if (with_trace) row.cells.push_back(recordings.facts[scan->trace].label);
    row.cells.push_back(process_text(*scan));
    row.cells.emplace_back(scan->path);
    table.rows.push_back(std::move(row));
  }
  return table;
}

output::ReportTable recordings_table(const Recordings& recordings,
                                     std::span<const Scan* const> scans, const Zone& zone) {
  std::vector<std::uint64_t> counts(recordings.facts.size(), 0);
  std::vector<std::int64_t> totals(recordings.facts.size(), 0);
  for (const Scan* const scan : scans) {
    ++counts[scan->trace];
    totals[scan->trace] = saturating_add(totals[scan->trace], scan->duration());
  }
  output::ReportTable table;
  table.columns = {{"Recording", false}, {"Start", false},   {"Length", true},
                   {"Scans", true},      {"ScanTime", true}, {"Load", true}};
  for (std::size_t i = 0; i < recordings.facts.size(); ++i) {
    const RecordingFacts& facts = recordings.facts[i];
    const std::int64_t length = duration_of(facts);
    const double load =
        length == 0 ? 0.0 : static_cast<double>(totals[i]) / static_cast<double>(length);
    table.rows.push_back(
        {{facts.label, time_text(facts.start, zone), short_duration_text(length),
          std::to_string(counts[i]), short_duration_text(totals[i]), fmt::format("{:.2f}", load)},
         {}});
  }
  return table;
}

output::ReportTable overview_table(const Overview& overview, const Zone& zone) {
  output::ReportTable table;
  table.columns = {{"Name", false}, {"Value", false}};
  for (const Figure& figure : overview.figures) {
    std::string value = std::to_string(figure.value);
    if (figure.unit == Figure::Unit::kTime) value = time_text({figure.value}, zone);
    if (figure.unit == Figure::Unit::kTicks) value = duration_text(figure.value);
    table.rows.push_back({{std::string(figure.name), std::move(value)}, {}});
  }
  return table;
}

}  // namespace quarry::etl_report
