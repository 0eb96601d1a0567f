// What a group of scans cost.
#pragma once

#include "tools/etl-report/scans/scan.h"

#include <cstdint>
#include <span>

namespace quarry::etl_report {

/// Durations in ticks; sums that do not fit are the largest number that does.
struct Statistics {
  std::uint64_t count = 0;
  std::int64_t total = 0;
  std::int64_t min = 0;
  std::int64_t average = 0;  // rounded down
  std::int64_t max = 0;
  std::int64_t median = 0;  // of an even count: between the middle two, rounded down

  friend bool operator==(const Statistics&, const Statistics&) = default;
};

/// All 0 without a scan.
Statistics statistics_of(std::span<const Scan* const> scans);

/// One column of statistics, in the order in which reports show them.
struct StatisticDef {
  std::string_view name;                      // "TotalDuration"
  std::int64_t Statistics::*ticks = nullptr;  // nullptr: the count
};
std::span<const StatisticDef> statistic_defs();

/// a + b, or the largest number there is. Neither is negative.
std::int64_t saturating_add(std::int64_t a, std::int64_t b);

}  // namespace quarry::etl_report
