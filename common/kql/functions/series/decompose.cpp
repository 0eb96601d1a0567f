// series_seasonal(), series_decompose() and what is built on it: series_decompose_anomalies(),
// series_decompose_forecast(). KQL: the seasonal part is found first; the trend is that of the
// rest; baseline = seasonal + trend; residual = series - baseline.
#include "common/kql/functions/series/choice.h"
#include "common/kql/functions/series/decomposition.h"
#include "common/kql/functions/series/outlier_scores.h"
#include "common/kql/functions/series/result_writer.h"
#include "common/kql/functions/series/series.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

/// Where the arguments of a function stand that say how to decompose; missing ones take their
/// defaults.
struct Places {
  std::size_t period, trend, test_points, threshold;
};

std::optional<DecompositionOptions> options_of(JsonRow& row, const Places& at, std::size_t size) {
  DecompositionOptions options;
  options.period = row.integer(at.period, kFindPeriod);
  const auto trend = at.trend < row.size() ? trend_of(row.text(at.trend)) : Trend::kAverage;
  const std::int64_t test_points = row.integer(at.test_points);
  if (at.threshold < row.size())
    options.threshold = number_of(row[at.threshold]).value_or(options.threshold);
  if (!trend || test_points < 0 || options.period < kFindPeriod) return std::nullopt;
  options.trend = *trend;
  options.test_points = std::min(static_cast<std::size_t>(test_points), size);
  return options;
}

struct Task {
  std::vector<double> values;
  DecompositionOptions options;
};
/// nullopt for series with gaps and for options that make no sense.
std::optional<Task> read_task(JsonRow& row, const Places& at) {
  auto values = read_finite(row[0]);
  if (!values) return std::nullopt;
  const auto options = options_of(row, at, values->size());
  if (!options) return std::nullopt;
  return Task{std::move(*values), *options};
}

constexpr Places kDecomposePlaces{.period = 1, .trend = 2, .test_points = 3, .threshold = 4};
constexpr Places kAnomaliesPlaces{.period = 2, .trend = 3, .test_points = 4, .threshold = 6};
constexpr Places kForecastPlaces{.period = 2, .trend = 3, .test_points = 1, .threshold = 4};

/// KQL: a period that is not given is found only with a score of 0.7 here.
void series_seasonal(JsonRow& row) {
  const auto values = read_finite(row[0]);
  const std::int64_t period = row.integer(1, kFindPeriod);
  const std::int64_t test_points = row.integer(2);
  if (!values || period < kFindPeriod || test_points < 0) return;
  append_reals(row.out(),
               seasonal_component(*values, {.period = period,
                                            .test_points = static_cast<std::size_t>(test_points),
                                            .threshold = 0.7}));
}

void series_decompose(JsonRow& row) {
  const auto task = read_task(row, kDecomposePlaces);
  if (!task) return;
  const Decomposition parts = decompose(task->values, task->options);
  ResultWriter writer(row.out(), ResultWriter::As::kColumns);
  writer.add("baseline", parts.baseline);
  writer.add("seasonal", parts.seasonal);
  writer.add("trend", parts.trend);
  writer.add("residual", parts.residual);
  writer.finish();
}

void series_decompose_forecast(JsonRow& row) {
  if (const auto task = read_task(row, kForecastPlaces))
    append_reals(row.out(), decompose(task->values, task->options).baseline);
}

void write_flags(std::string& out, std::span<const double> scores, double threshold) {
  append_separator(out);
  out += '[';
  for (const double score : scores) {
    append_separator(out);
    out += score > threshold ? "1" : score < -threshold ? "-1" : "0";
  }
  out += ']';
}

void series_decompose_anomalies(JsonRow& row) {
  const auto task = read_task(row, kAnomaliesPlaces);
  const auto range = normal_range(row.size() > 5 ? row.text(5) : std::string_view());
  if (!task || !range) return;
  const double threshold = row.size() > 1 ? number_of(row[1]).value_or(1.5) : 1.5;
  const Decomposition parts = decompose(task->values, task->options);
  const std::vector<double> scores =
      outlier_scores(parts.residual, *range, task->options.test_points);
  ResultWriter writer(row.out(), ResultWriter::As::kColumns);
  write_flags(row.out(), scores, threshold);
  writer.add("ad_score", scores);
  writer.add("baseline", parts.baseline);
  writer.finish();
}

template <auto kFunction, JsonPattern kPattern, std::size_t kTrend, std::size_t kMethod = 99>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  QUARRY_CHECK(check_choice(arguments, kTrend, kTrends));
  QUARRY_CHECK(check_choice(arguments, kMethod, kOutlierMethods));
  return resolve_json<kFunction, kPattern>(arguments);
}

constexpr Param kSeries{"series", "An array of numbers without gaps, evenly spaced."};
constexpr Param kPeriod{
    "period", "Length of a period in elements; -1 (if left out): find it; 0: there is none.", true};
constexpr Param kTrend{
    "trend", "\"avg\" (if left out): the mean; \"linefit\": a straight line; \"none\".", true};
constexpr Param kTestPoints{"test_points",
                            "So many elements at the end are predicted, not learned from.", true};
constexpr Param kThreshold{"seasonality_threshold",
                           "The score that a period must reach to be found; 0.6 if left out.",
                           true};
constexpr Param kSeasonalParams[]{kSeries, kPeriod, kTestPoints};
constexpr Param kDecomposeParams[]{kSeries, kPeriod, kTrend, kTestPoints, kThreshold};
constexpr Param kAnomaliesParams[]{
    kSeries,
    {"threshold", "The score that makes an anomaly; 1.5 if left out.", true},
    kPeriod,
    kTrend,
    kTestPoints,
    {"method", "\"ctukey\" (if left out) or \"tukey\": how series_outliers() scores.", true},
    kThreshold};
constexpr Param kForecastParams[]{
    kSeries,
    {"test_points", "How many elements at the end are to be predicted."},
    kPeriod,
    kTrend,
    kThreshold};
constexpr ResultColumn kDecomposeColumns[]{{"baseline"}, {"seasonal"}, {"trend"}, {"residual"}};
constexpr ResultColumn kAnomaliesColumns[]{{"ad_flag"}, {"ad_score"}, {"baseline"}};
constexpr FunctionDef kSeasonal{
    .name = "series_seasonal",
    .summary = "What repeats in a series with its period.",
    .params = kSeasonalParams,
    .example = {"print series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)",
                "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]"},
    .resolve = resolve_json<series_seasonal, "dll">};
constexpr FunctionDef kDecompose{
    .name = "series_decompose",
    .summary = "Takes a series apart: baseline, seasonal part, trend, residual; each a column.",
    .params = kDecomposeParams,
    .example = {"print (baseline, seasonal) = series_decompose(dynamic([1, 3, 1, 3, 1, 3]), 2) | "
                "project seasonal",
                "[1.0,3.0,1.0,3.0,1.0,3.0]"},
    .resolve = resolve<series_decompose, "dltln", 2>,
    .shape = ResultShape::kColumns,
    .columns = kDecomposeColumns};
constexpr FunctionDef kAnomalies{
    .name = "series_decompose_anomalies",
    .summary =
        "Finds what does not fit into a series: flags 1, -1 or 0, scores, baseline; each a column.",
    .params = kAnomaliesParams,
    .example =
        {"print flags = series_decompose_anomalies(dynamic([1, 2, 1, 2, 1, 50, 1, 2, 1, 2, 1, 2]))",
         "[0,0,0,0,0,1,0,0,0,0,0,0]"},
    .resolve = resolve<series_decompose_anomalies, "dnltltn", 3, 5>,
    .shape = ResultShape::kColumns,
    .columns = kAnomaliesColumns};
constexpr FunctionDef kForecast{
    .name = "series_decompose_forecast",
    .summary = "The baseline of a series, with its last elements predicted from those before.",
    .params = kForecastParams,
    .example = {R"(print series_decompose_forecast(dynamic([2, 4, 6, 0, 0]), 2, 0, "linefit"))",
                "[2.0,4.0,6.0,8.0,10.0]"},
    .resolve = resolve<series_decompose_forecast, "dlltn", 3>};

constexpr const FunctionDef* kScalars[]{&kSeasonal, &kDecompose, &kAnomalies, &kForecast};

}  // namespace

extern constinit const FunctionTable kSeriesDecompose{"series", kScalars};

}  // namespace quarry::kql::functions
