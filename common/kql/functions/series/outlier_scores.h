// Tukey's fences: how far each value lies outside the range between two percentiles, measured in
// widths of that range.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace quarry::kql::functions {

/// Which part of the values counts as normal.
struct NormalRange {
  double low = 10;  // percentiles
  double high = 90;
};
inline constexpr NormalRange kTukey{25, 75};
inline constexpr NormalRange kCustomTukey{10, 90};

/// Values that are NaN (missing) score 0 and do not count. The last `test_points` do not take part
/// in the percentiles. Positive: above, negative: below, 0: inside. Infinite where the range has no
/// width.
std::vector<double> outlier_scores(std::span<const double> values, NormalRange range,
                                   std::size_t test_points);

/// The value that so many per cent are below, interpolated. Precondition: sorted, not empty.
double percentile_of(std::span<const double> sorted, double percent);

/// "tukey" or "ctukey".
std::optional<NormalRange> normal_range(std::string_view method);

}  // namespace quarry::kql::functions
