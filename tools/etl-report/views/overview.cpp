// Overview: when, how many and how long, over all scans. PerfHints of the real tool are left out:
// their rules are not known.
#include "tools/etl-report/views/tables.h"

#include <algorithm>
#include <vector>

namespace quarry::etl_report {
namespace {

constexpr config::OptionDef kOptions[]{
    {.name = "overview", .help = "Show counts and durations of all scans"}};

struct KindDef {
  std::string_view count;
  std::string_view duration;
  bool (*holds)(ScanType);
};
constexpr KindDef kKinds[]{
    {"OnDemandScans", "OnDemandScansDuration",
     [](ScanType type) { return type == ScanType::kOnDemand; }},
    {"FileScans", "FileScansDuration",
     [](ScanType type) { return type == ScanType::kRealTime || type == ScanType::kFile; }},
    {"ProcessScans", "ProcessScansDuration",
     [](ScanType type) { return type == ScanType::kProcess; }},
};

std::variant<List, Overview> build_overview(const View&, std::span<const Scan* const> scans,
                                            const Parameters&) {
  Overview overview;
  if (scans.empty()) return overview;
  const auto add = [&](std::string_view name, std::int64_t value, Figure::Unit unit) {
    if (value != 0) overview.figures.push_back({name, value, unit});
  };
  etl::FileTime start = scans.front()->start;
  etl::FileTime end = scans.front()->end;
  std::int64_t skipped = 0;
  std::int64_t counts[std::size(kKinds)]{};
  std::int64_t durations[std::size(kKinds)]{};
  for (const Scan* const scan : scans) {
    start = std::min(start, scan->start);
    end = std::max(end, scan->end);
    if (scan->skip_reason != SkipReason::kNotSkipped) ++skipped;
    for (std::size_t i = 0; i < std::size(kKinds); ++i) {
      if (!kKinds[i].holds(scan->type)) continue;
      ++counts[i];
      durations[i] = saturating_add(durations[i], scan->duration());
    }
  }
  const Statistics statistics = statistics_of(scans);
  add("StartTime", start.ticks, Figure::Unit::kTime);
  add("EndTime", end.ticks, Figure::Unit::kTime);
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    add(kKinds[i].count, counts[i], Figure::Unit::kCount);
  }
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    add(kKinds[i].duration, durations[i], Figure::Unit::kTicks);
  }
  add("MaxScanDuration", statistics.max, Figure::Unit::kTicks);
  add("MedianScanDuration", statistics.median, Figure::Unit::kTicks);
  add("SkipScanCount", skipped, Figure::Unit::kCount);
  return overview;
}

}  // namespace

constinit const View kOverview{
    .name = "Overview", .options = {"Overview", kOptions}, .build = build_overview};

}  // namespace quarry::etl_report
