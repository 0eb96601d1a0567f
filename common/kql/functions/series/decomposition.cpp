#include "common/kql/functions/series/decomposition.h"

#include "common/kql/functions/series/line_fit.h"
#include "common/kql/functions/series/outlier_scores.h"
#include "common/kql/functions/series/periods.h"
#include "common/kql/functions/series/series.h"

#include <algorithm>
#include <cmath>

namespace quarry::kql::functions {
namespace {

std::span<const double> learned_part(std::span<const double> values, std::size_t test_points) {
  return values.first(values.size() - std::min(test_points, values.size()));
}

std::size_t period_of(std::span<const double> learned, const DecompositionOptions& options) {
  if (options.period != kFindPeriod)
    return options.period < 0 ? 0 : static_cast<std::size_t>(options.period);
  const std::vector<Period> found =
      PeriodFinder(learned).find(0, static_cast<double>(learned.size()), 1);
  return found.empty() || found[0].score < options.threshold ? 0 : found[0].length;
}

std::vector<double> trend_component(std::span<const double> rest,
                                    const DecompositionOptions& options) {
  const std::span<const double> learned = learned_part(rest, options.test_points);
  std::vector<double> trend(rest.size());
  if (learned.empty() || options.trend == Trend::kNone) return trend;
  if (options.trend == Trend::kAverage) {
    std::fill(trend.begin(), trend.end(), mean_of(learned));
    return trend;
  }
  const LineFit line = fit_line(learned);
  for (std::size_t i = 0; i < trend.size(); ++i) trend[i] = line.at(i);
  return trend;
}

}  // namespace

std::optional<Trend> trend_of(std::string_view name) {
  if (name == "avg" || name.empty()) return Trend::kAverage;
  if (name == "linefit") return Trend::kLine;
  if (name == "none") return Trend::kNone;
  return std::nullopt;
}

// A line is turned level first: else the places of a period would carry a piece of it, and the rest
// would be a staircase.
std::vector<double> seasonal_component(std::span<const double> values,
                                       const DecompositionOptions& options) {
  const std::span<const double> learned = learned_part(values, options.test_points);
  std::vector<double> seasonal(values.size());
  const std::size_t period = period_of(learned, options);
  const double slope =
      options.trend == Trend::kLine && !learned.empty() ? fit_line(learned).slope : 0;
  const double middle = (static_cast<double>(learned.size()) - 1) / 2;
  for (std::size_t phase = 0; phase < std::min(period, learned.size()); ++phase) {
    std::vector<double> same;
    for (std::size_t i = phase; i < learned.size(); i += period)
      same.push_back(learned[i] - slope * (static_cast<double>(i) - middle));
    std::sort(same.begin(), same.end());
    const double median = percentile_of(same, 50);
    for (std::size_t i = phase; i < values.size(); i += period) seasonal[i] = median;
  }
  return seasonal;
}

Decomposition decompose(std::span<const double> values, const DecompositionOptions& options) {
  Decomposition parts;
  parts.seasonal = seasonal_component(values, options);
  std::vector<double> rest(values.begin(), values.end());
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= parts.seasonal[i];
  parts.trend = trend_component(rest, options);
  double greatest = 0;
  for (const double value : values) greatest = std::fmax(greatest, std::fabs(value));
  for (std::size_t i = 0; i < values.size(); ++i) {
    parts.baseline.push_back(parts.seasonal[i] + parts.trend[i]);
    const double residual = values[i] - parts.baseline[i];
    parts.residual.push_back(
        std::fabs(residual) <= 1e-12 * greatest ? 0 : residual);  // rounding is no anomaly
  }
  return parts;
}

}  // namespace quarry::kql::functions
