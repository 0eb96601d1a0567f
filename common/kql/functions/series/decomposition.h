// A series taken apart into what repeats, what rises or falls, and the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace quarry::kql::functions {

enum class Trend : std::uint8_t { kAverage, kLine, kNone };
/// "avg", "linefit", "none".
std::optional<Trend> trend_of(std::string_view name);

inline constexpr std::int64_t kFindPeriod = -1;

struct DecompositionOptions {
  std::int64_t period = kFindPeriod;  // 0: nothing repeats
  Trend trend = Trend::kAverage;
  std::size_t test_points = 0;  // so many at the end are only predicted, not learned from
  double threshold = 0.6;       // a period that is looked for must score as high
};

struct Decomposition {
  std::vector<double> baseline;  // seasonal + trend: what was to be expected
  std::vector<double> seasonal;
  std::vector<double> trend;
  std::vector<double> residual;  // what the baseline does not explain
};

/// What repeats: the median of all elements that stand at the same place of a period; 0 everywhere
/// where none is found.
std::vector<double> seasonal_component(std::span<const double> values,
                                       const DecompositionOptions& options);
Decomposition decompose(std::span<const double> values, const DecompositionOptions& options);

}  // namespace quarry::kql::functions
