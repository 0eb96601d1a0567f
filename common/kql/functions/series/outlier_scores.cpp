#include "common/kql/functions/series/outlier_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quarry::kql::functions {
namespace {

double ratio(double distance, double width) {
  if (width > 0) return distance / width;
  return std::copysign(std::numeric_limits<double>::infinity(), distance);
}

}  // namespace

double percentile_of(std::span<const double> sorted, double percent) {
  const double place = percent / 100 * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - std::floor(place));
}

std::vector<double> outlier_scores(std::span<const double> values, NormalRange range,
                                   std::size_t test_points) {
  std::vector<double> scores(values.size());
  std::vector<double> sorted;
  for (const double value : values.first(values.size() - std::min(test_points, values.size()))) {
    if (!std::isnan(value)) sorted.push_back(value);
  }
  if (sorted.empty()) return scores;
  std::sort(sorted.begin(), sorted.end());
  const double low = percentile_of(sorted, range.low);
  const double high = percentile_of(sorted, range.high);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > high) scores[i] = ratio(values[i] - high, high - low);
    if (values[i] < low) scores[i] = ratio(values[i] - low, high - low);
  }
  return scores;
}

std::optional<NormalRange> normal_range(std::string_view method) {
  if (method == "tukey") return kTukey;
  if (method == "ctukey" || method.empty()) return kCustomTukey;
  return std::nullopt;
}

}  // namespace quarry::kql::functions
