// series_fit_line() and series_fit_2lines(), each also giving a bag (…_dynamic): linear regression,
// in one piece or two.
#include "common/kql/functions/series/line_fit.h"
#include "common/kql/functions/series/result_writer.h"
#include "common/kql/functions/series/series.h"

#include <cmath>

namespace quarry::kql::functions {
namespace {

using As = ResultWriter::As;

std::vector<double> points_of(const LineFit& fit) {
  std::vector<double> points;
  for (std::size_t i = 0; i < fit.size; ++i) points.push_back(fit.at(i));
  return points;
}

/// KQL: null for a series with gaps.
template <As kAs>
void series_fit_line(JsonRow& row) {
  const auto values = read_finite(row[0]);
  if (!values || values->empty()) return;
  const LineFit fit = fit_line(*values);
  ResultWriter writer(row.out(), kAs);
  writer.add("rsquare", fit.rsquare());
  writer.add("slope", fit.slope);
  writer.add("variance", fit.variance());
  writer.add("rvariance", fit.residual_variance());
  writer.add("interception", fit.interception);
  writer.add("line_fit", points_of(fit));
  writer.finish();
}

/// Squared distances from the line through values[0, i) for every i, and the same from behind: sums
/// that grow by one value at a time (Welford), so that all splits together cost one pass each way.
std::vector<double> residuals_of_beginnings(std::span<const double> values, bool from_behind) {
  std::vector<double> result(values.size() + 1);
  double mean_y = 0, squares_x = 0, squares_y = 0, products = 0, mean_x = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double count = static_cast<double>(i + 1);
    const double y = from_behind ? values[values.size() - 1 - i] : values[i];
    const double dx = count - mean_x;
    const double dy = y - mean_y;
    mean_x += dx / count;
    mean_y += dy / count;
    squares_x += dx * (count - mean_x);
    squares_y += dy * (y - mean_y);
    products += dx * (y - mean_y);
    result[i + 1] = squares_x == 0 ? 0 : std::fmax(0, squares_y - products * products / squares_x);
  }
  return result;
}

/// The first place of the right part: where both lines together leave the least. Both parts have
/// two values at least.
std::size_t best_split(std::span<const double> values) {
  const std::vector<double> left = residuals_of_beginnings(values, false);
  const std::vector<double> right = residuals_of_beginnings(values, true);
  std::size_t best = 2;
  for (std::size_t split = 2; split + 2 <= values.size(); ++split) {
    const double here = left[split] + right[values.size() - split];
    if (here < left[best] + right[values.size() - best]) best = split;
  }
  return best;
}

void write_part(ResultWriter& writer, std::string_view side, const LineFit& fit, As as) {
  const std::string prefix = as == As::kBag ? std::string() : std::string(side) + "_";
  writer.open(side);
  writer.add(prefix + "rsquare", fit.rsquare());
  writer.add(prefix + "slope", fit.slope);
  writer.add(prefix + "interception", fit.interception);
  writer.add(prefix + "variance", fit.variance());
  writer.add(prefix + "rvariance", fit.residual_variance());
  writer.close();
}

template <As kAs>
void series_fit_2lines(JsonRow& row) {
  const auto values = read_finite(row[0]);
  if (!values || values->size() < 4) return;
  const std::size_t split = best_split(*values);
  const LineFit left = fit_line(std::span(*values).first(split));
  const LineFit right = fit_line(std::span(*values).subspan(split));
  LineFit both;
  both.size = values->size();
  both.squared_distances = squared_distances(*values);
  both.squared_residuals = left.squared_residuals + right.squared_residuals;
  std::vector<double> points = points_of(left);
  const std::vector<double> behind = points_of(right);
  points.insert(points.end(), behind.begin(), behind.end());
  ResultWriter writer(row.out(), kAs);
  writer.add("rsquare", both.rsquare());
  writer.add("split_idx", static_cast<std::int64_t>(split));
  writer.add("variance", both.variance());
  writer.add("rvariance", both.residual_variance());
  writer.add("line_fit", points);
  write_part(writer, "right", right, kAs);
  write_part(writer, "left", left, kAs);
  writer.finish();
}

constexpr Param kParams[]{{"series", "An array of numbers without gaps."}};
constexpr ResultColumn kLineColumns[]{{"rsquare", Type::kReal},      {"slope", Type::kReal},
                                      {"variance", Type::kReal},     {"rvariance", Type::kReal},
                                      {"interception", Type::kReal}, {"line_fit", Type::kDynamic}};
constexpr ResultColumn kTwoLinesColumns[]{
    {"rsquare", Type::kReal},           {"split_idx", Type::kLong},
    {"variance", Type::kReal},          {"rvariance", Type::kReal},
    {"line_fit", Type::kDynamic},       {"right_rsquare", Type::kReal},
    {"right_slope", Type::kReal},       {"right_interception", Type::kReal},
    {"right_variance", Type::kReal},    {"right_rvariance", Type::kReal},
    {"left_rsquare", Type::kReal},      {"left_slope", Type::kReal},
    {"left_interception", Type::kReal}, {"left_variance", Type::kReal},
    {"left_rvariance", Type::kReal}};
constexpr FunctionDef kFitLine{
    .name = "series_fit_line",
    .summary =
        "The straight line nearest to a series: fit, slope, variances, interception, points; each "
        "a column.",
    .params = kParams,
    .example = {"print (rsquare, slope) = series_fit_line(dynamic([1, 3, 5])) | project slope",
                "2.0"},
    .resolve = resolve_json<series_fit_line<As::kColumns>, "d">,
    .shape = ResultShape::kColumns,
    .columns = kLineColumns};
constexpr FunctionDef kFitLineDynamic{
    .name = "series_fit_line_dynamic",
    .summary = "The straight line nearest to a series, as a bag.",
    .params = kParams,
    .example = {"print series_fit_line_dynamic(dynamic([1, 3, 5])).slope", "2.0"},
    .resolve = resolve_json<series_fit_line<As::kBag>, "d">};
constexpr FunctionDef kFit2Lines{
    .name = "series_fit_2lines",
    .summary = "Splits a series where two straight lines fit it best; each figure a column.",
    .params = kParams,
    .example =
        {"print (rsquare, split) = series_fit_2lines(dynamic([1, 2, 3, 10, 9, 8])) | project split",
         "3"},
    .resolve = resolve_json<series_fit_2lines<As::kColumns>, "d">,
    .shape = ResultShape::kColumns,
    .columns = kTwoLinesColumns};
constexpr FunctionDef kFit2LinesDynamic{
    .name = "series_fit_2lines_dynamic",
    .summary = "Splits a series where two straight lines fit it best, as a bag.",
    .params = kParams,
    .example = {"print series_fit_2lines_dynamic(dynamic([1, 2, 3, 10, 9, 8])).right.slope",
                "-1.0"},
    .resolve = resolve_json<series_fit_2lines<As::kBag>, "d">};

constexpr const FunctionDef* kScalars[]{&kFitLine, &kFitLineDynamic, &kFit2Lines,
                                        &kFit2LinesDynamic};

}  // namespace

extern constinit const FunctionTable kSeriesFitLine{"series", kScalars};

}  // namespace quarry::kql::functions
