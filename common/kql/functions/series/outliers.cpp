// series_outliers(): a score for every element. KQL: above 1.5 it rises out of the series, below
// -1.5 it falls out of it.
#include "common/kql/functions/series/choice.h"
#include "common/kql/functions/series/outlier_scores.h"
#include "common/kql/functions/series/series.h"

#include <cmath>
#include <limits>

namespace quarry::kql::functions {
namespace {

/// The percentiles are free for "ctukey" only. KQL: they must lie between 2 and 98.
std::optional<NormalRange> range_of(JsonRow& row) {
  const std::string_view kind = row.size() > 1 ? row.text(1) : std::string_view();
  std::optional<NormalRange> range = normal_range(kind);
  if (!range || kind == "tukey") return range;
  if (row.size() > 3) range->low = number_of(row[3]).value_or(range->low);
  if (row.size() > 4) range->high = number_of(row[4]).value_or(range->high);
  if (!(range->low >= 2 && range->high <= 98 && range->low < range->high)) return std::nullopt;
  return range;
}

void series_outliers(JsonRow& row) {
  std::optional<Series> series = read_series(row[0]);
  const std::optional<NormalRange> range = range_of(row);
  const std::int64_t test_points = row.integer(5);
  if (!series || !range || test_points < 0) return;
  const std::optional<double> ignored = row.size() > 2 ? number_of(row[2]) : std::nullopt;
  for (double& value : series->reals) {
    if (!std::isfinite(value) || value == ignored) value = std::numeric_limits<double>::quiet_NaN();
  }
  append_reals(row.out(),
               outlier_scores(series->reals, *range, static_cast<std::size_t>(test_points)));
}

Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  QUARRY_CHECK(check_choice(arguments, 1, kOutlierMethods));
  return resolve_json<series_outliers, "dtnnnl">(arguments);
}

constexpr Param kParams[]{
    {"series", "An array of numbers."},
    {"kind",
     "\"ctukey\" (the range from 10 to 90 per cent counts as normal) or \"tukey\" (25 to 75).",
     true},
    {"ignore_val", "A number that stands for no value; such elements and nulls score 0.", true},
    {"min_percentile", "Where the normal range begins, for ctukey; 10 if left out.", true},
    {"max_percentile", "Where the normal range ends, for ctukey; 90 if left out.", true},
    {"test_points", "So many elements at the end do not count for the range.", true}};
constexpr FunctionDef kOutliers{
    .name = "series_outliers",
    .summary = "Scores how far each element lies outside of what is normal in the series.",
    .params = kParams,
    .example = {R"(print series_outliers(dynamic([1, 2, 3, 4, 9]), "tukey"))",
                "[-0.5,0.0,0.0,0.0,2.5]"},
    .resolve = resolve,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kOutliers};

}  // namespace

extern constinit const FunctionTable kSeriesOutliers{"series", kScalars};

}  // namespace quarry::kql::functions
