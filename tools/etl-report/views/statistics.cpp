#include "tools/etl-report/views/statistics.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace quarry::etl_report {

std::int64_t saturating_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

Statistics statistics_of(std::span<const Scan* const> scans) {
  Statistics result;
  if (scans.empty()) return result;
  std::vector<std::int64_t> durations;
  durations.reserve(scans.size());
  for (const Scan* const scan : scans) durations.push_back(scan->duration());
  std::sort(durations.begin(), durations.end());
  const std::size_t middle = durations.size() / 2;
  for (const std::int64_t duration : durations) {
    result.total = saturating_add(result.total, duration);
  }
  result.count = durations.size();
  result.min = durations.front();
  result.max = durations.back();
  result.average = result.total / static_cast<std::int64_t>(durations.size());
  result.median = durations[middle];
  if (durations.size() % 2 == 0) {
    const std::int64_t lower = durations[middle - 1];
    result.median = lower + (result.median - lower) / 2;
  }
  return result;
}

std::span<const StatisticDef> statistic_defs() {
  static constexpr StatisticDef kStatistics[]{
      {"Count"},
      {"TotalDuration", &Statistics::total},
      {"MinDuration", &Statistics::min},
      {"AverageDuration", &Statistics::average},
      {"MaxDuration", &Statistics::max},
      {"MedianDuration", &Statistics::median},
  };
  return kStatistics;
}

}  // namespace quarry::etl_report
