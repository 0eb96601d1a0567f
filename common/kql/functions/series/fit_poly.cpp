// series_fit_poly(): the polynomial nearest to a series.
#include "common/kql/functions/series/result_writer.h"
#include "common/kql/functions/series/series.h"

#include <algorithm>
#include <cmath>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kMaxDegree = 100;
constexpr std::size_t kMaxMatrix = std::size_t{1}
                                   << 22;  // numbers: 64 MiB; larger problems give null

/// The matrix of powers, and the values beside it.
struct System {
  std::vector<std::vector<long double>> columns;  // columns[k][i] = x[i] ^ k
  std::vector<long double> right;
};

/// Householder reflection of everything from column k on, so that column k becomes 0 below row k.
/// False where it is 0 already.
bool reflect(System& system, std::size_t k) {
  std::vector<long double>& pivot = system.columns[k];
  long double norm = 0;
  for (std::size_t i = k; i < pivot.size(); ++i) norm += pivot[i] * pivot[i];
  norm = std::sqrt(norm);
  if (norm == 0) return false;
  std::vector<long double> mirror(pivot.begin() + static_cast<std::ptrdiff_t>(k), pivot.end());
  mirror[0] += mirror[0] < 0 ? -norm : norm;
  long double length = 0;
  for (const long double each : mirror) length += each * each;
  const auto apply = [&](std::vector<long double>& column) {
    long double along = 0;
    for (std::size_t i = 0; i < mirror.size(); ++i) along += mirror[i] * column[k + i];
    for (std::size_t i = 0; i < mirror.size(); ++i) column[k + i] -= 2 * along / length * mirror[i];
  };
  for (std::size_t j = k; j < system.columns.size(); ++j) apply(system.columns[j]);
  apply(system.right);
  return true;
}

/// Coefficients of the least squares, lowest power first; none where the places do not determine
/// them.
std::vector<double> solve(std::span<const double> x, std::span<const double> y,
                          std::size_t degree) {
  System system{
      std::vector<std::vector<long double>>(degree + 1, std::vector<long double>(x.size())),
      {y.begin(), y.end()}};
  for (std::size_t i = 0; i < x.size(); ++i) {
    long double power = 1;
    for (std::size_t k = 0; k <= degree; ++k, power *= x[i]) system.columns[k][i] = power;
  }
  for (std::size_t k = 0; k <= degree; ++k) {
    if (!reflect(system, k)) return {};
  }
  std::vector<double> coefficients(degree + 1);
  for (std::size_t k = degree + 1; k-- > 0;) {
    long double rest = system.right[k];
    for (std::size_t j = k + 1; j <= degree; ++j)
      rest -= system.columns[j][k] * static_cast<long double>(coefficients[j]);
    coefficients[k] = static_cast<double>(rest / system.columns[k][k]);
  }
  return coefficients;
}

double value_at(std::span<const double> coefficients, double x) {
  double value = 0;
  for (std::size_t k = coefficients.size(); k-- > 0;) value = value * x + coefficients[k];
  return value;
}

/// KQL: without an x series the places are 1, 2, 3 … Fewer points than coefficients give null.
void series_fit_poly(JsonRow& row) {
  const auto y = read_finite(row[0]);
  if (!y || y->empty()) return;
  std::optional<std::vector<double>> x = row.size() > 1 ? read_finite(row[1]) : std::nullopt;
  if (row.size() > 1 && !row[1].is_null() && !x) return;
  if (!x) {
    x.emplace();
    for (std::size_t i = 0; i < y->size(); ++i) x->push_back(static_cast<double>(i + 1));
  }
  const std::int64_t degree = row.integer(2, 1);
  if (x->size() != y->size() || degree < 0 || degree > kMaxDegree ||
      static_cast<std::size_t>(degree) >= y->size())
    return;
  if ((static_cast<std::size_t>(degree) + 1) * y->size() > kMaxMatrix) return;
  std::vector<double> coefficients = solve(*x, *y, static_cast<std::size_t>(degree));
  if (coefficients.empty()) return;
  std::vector<double> points;
  double residuals = 0;
  for (std::size_t i = 0; i < y->size(); ++i) {
    points.push_back(value_at(coefficients, (*x)[i]));
    residuals += ((*y)[i] - points[i]) * ((*y)[i] - points[i]);
  }
  const double distances = squared_distances(*y);
  std::reverse(coefficients.begin(), coefficients.end());
  ResultWriter writer(row.out(), ResultWriter::As::kColumns);
  writer.add("rsquare", distances == 0 ? 1 : 1 - residuals / distances);
  writer.add("coefficients", coefficients);
  writer.add("variance", variance_of(*y));
  writer.add("rvariance", y->size() < 2 ? 0 : residuals / static_cast<double>(y->size() - 1));
  writer.add("poly_fit", points);
  writer.finish();
}

constexpr Param kParams[]{{"y_series", "An array of numbers without gaps."},
                          {"x_series", "Where they stand; 1, 2, 3 … if left out.", true},
                          {"degree", "The highest power; 1 if left out.", true}};
constexpr ResultColumn kColumns[]{{"rsquare", Type::kReal},
                                  {"coefficients", Type::kDynamic},
                                  {"variance", Type::kReal},
                                  {"rvariance", Type::kReal},
                                  {"poly_fit", Type::kDynamic}};
constexpr FunctionDef kFitPoly{.name = "series_fit_poly",
                               .summary =
                                   "The polynomial nearest to a series: fit, coefficients (highest "
                                   "power first), variances, points; each a column.",
                               .params = kParams,
                               .example = {"print (rsquare, c) = series_fit_poly(dynamic([1, 3, "
                                           "5])) | project round(toreal(c[0]), 6)",
                                           "2.0"},
                               .resolve = resolve_json<series_fit_poly, "ddl">,
                               .shape = ResultShape::kColumns,
                               .columns = kColumns};

constexpr const FunctionDef* kScalars[]{&kFitPoly};

}  // namespace

extern constinit const FunctionTable kSeriesFitPoly{"series", kScalars};

}  // namespace quarry::kql::functions
