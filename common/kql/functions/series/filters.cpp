// series_fir() and series_iir(): linear filters. Before its first element (and behind its last) a
// series counts as 0.
#include "common/kql/functions/series/series.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace quarry::kql::functions {
namespace {

/// Multiplications that one row may cost: some seconds. Longer filters on longer series give null.
constexpr std::size_t kMaxSteps = std::size_t{1} << 32;

bool is_too_long(std::size_t series, std::size_t filter) {
  return filter > 0 && series > kMaxSteps / filter;
}

/// y[i] = the sum of filter[j] * x[i - j]; centred: of filter[j] * x[i + half - j]. An element that
/// is no number spoils, as null, what it has a part in.
std::vector<double> convolve(const std::vector<double>& x, const std::vector<double>& filter,
                             std::size_t ahead) {
  std::vector<double> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < filter.size() && j <= i + ahead; ++j) {
      if (const std::size_t at = i + ahead - j; at < x.size()) sum += filter[j] * x[at];
    }
    y[i] = sum;
  }
  return y;
}

/// KQL: a filter is divided by its sum unless one of its coefficients is negative.
void series_fir(JsonRow& row) {
  const auto series = read_series(row[0]);
  auto filter = read_finite(row[1]);
  if (!series || !filter || is_too_long(series->size(), filter->size())) return;
  const bool negative =
      std::any_of(filter->begin(), filter->end(), [](double each) { return each < 0; });
  const bool normalize = row.size() > 2 ? row[2].as_bool().value_or(!negative) : !negative;
  const bool center = row.size() > 3 && row[3].as_bool().value_or(false);
  if (normalize) {
    const double sum = std::accumulate(filter->begin(), filter->end(), 0.0);
    if (negative || sum == 0) return;
    for (double& each : *filter) each /= sum;
  }
  append_reals(row.out(), convolve(series->reals, *filter,
                                   center && !filter->empty() ? (filter->size() - 1) / 2 : 0));
}

/// a[0] y[i] = the sum of b[j] x[i - j] less the sum of a[j] y[i - j], j > 0.
void series_iir(JsonRow& row) {
  const auto series = read_series(row[0]);
  const auto b = read_finite(row[1]);
  const auto a = read_finite(row[2]);
  if (!series || !a || !b || a->empty() || (*a)[0] == 0 ||
      is_too_long(series->size(), a->size() + b->size()))
    return;
  std::vector<double> y = convolve(series->reals, *b, 0);
  for (std::size_t i = 0; i < y.size(); ++i) {
    for (std::size_t j = 1; j < a->size() && j <= i; ++j) y[i] -= (*a)[j] * y[i - j];
    y[i] /= (*a)[0];
  }
  append_reals(row.out(), y);
}

constexpr Param kFirParams[]{
    {"series", "An array of numbers."},
    {"filter", "The coefficients, the one for the element itself first."},
    {"normalize", "Divide the coefficients by their sum; true if left out, unless one is negative.",
     true},
    {"center", "true: look as far ahead as back, so that peaks stay in their place.", true}};
constexpr Param kIirParams[]{
    {"series", "An array of numbers."},
    {"numerators", "Coefficients of the series."},
    {"denominators", "Coefficients of the result so far; the first must not be 0."}};
constexpr FunctionDef kFir{
    .name = "series_fir",
    .summary = "Finite impulse response filter: moving averages, differences.",
    .params = kFirParams,
    .example = {"print series_fir(dynamic([1, 3, 6]), dynamic([1, -1]))", "[1.0,2.0,3.0]"},
    .resolve = resolve_json<series_fir, "ddbb">,
    .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kIir{
    .name = "series_iir",
    .summary = "Infinite impulse response filter: running sums, exponential smoothing.",
    .params = kIirParams,
    .example = {"print series_iir(dynamic([1, 2, 3]), dynamic([1]), dynamic([1, -1]))",
                "[1.0,3.0,6.0]"},
    .resolve = resolve_json<series_iir, "ddd">,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kFir, &kIir};

}  // namespace

extern constinit const FunctionTable kSeriesFilters{"series", kScalars};

}  // namespace quarry::kql::functions
