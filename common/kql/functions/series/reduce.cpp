// Functions that make one number of a series or two: sum, product, magnitude, dot product, cosine
// similarity, correlation.
#include "common/kql/functions/series/series.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quarry::kql::functions {
namespace {

/// The numbers of an array; what is none is passed over. nullopt where it is no array or empty.
std::optional<std::vector<double>> numbers_in(const DynamicView& array) {
  auto series = read_series(array);
  if (!series || series->size() == 0) return std::nullopt;
  std::vector<double> numbers;
  for (std::size_t i = 0; i < series->size(); ++i) {
    if (!series->missing[i]) numbers.push_back(series->reals[i]);
  }
  return numbers;
}

double squares(std::span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

std::optional<double> series_sum(JsonRow& row) {
  const auto numbers = numbers_in(row[0]);
  if (!numbers) return std::nullopt;
  return std::accumulate(numbers->begin(), numbers->end(), 0.0);
}

std::optional<double> series_product(JsonRow& row) {
  const auto numbers = numbers_in(row[0]);
  if (!numbers) return std::nullopt;
  return std::accumulate(numbers->begin(), numbers->end(), 1.0, std::multiplies<>());
}

std::optional<double> series_magnitude(JsonRow& row) {
  const auto numbers = numbers_in(row[0]);
  if (!numbers) return std::nullopt;
  return std::sqrt(squares(*numbers));
}

/// Places where both series have a number. KQL: the longer one is cut; a single number stands for
/// every place.
struct Pairs {
  std::vector<double> a, b;
};
std::optional<Pairs> read_pairs(const DynamicView& left, const DynamicView& right) {
  auto a = read_series(left);
  auto b = read_series(right);
  if (!a && !b) return std::nullopt;
  const auto repeated = [](const DynamicView& value, std::size_t size) -> std::optional<Series> {
    const auto number = number_of(value);
    if (!number) return std::nullopt;
    return Series{std::vector<double>(size, *number), {}, std::vector<bool>(size, false), false};
  };
  if (!a) a = repeated(left, b->size());
  if (!b) b = repeated(right, a->size());
  if (!a || !b || a->size() == 0 || b->size() == 0) return std::nullopt;
  Pairs pairs;
  for (std::size_t i = 0; i < std::min(a->size(), b->size()); ++i) {
    if (a->missing[i] || b->missing[i]) continue;
    pairs.a.push_back(a->reals[i]);
    pairs.b.push_back(b->reals[i]);
  }
  return pairs;
}

std::optional<double> series_dot_product(JsonRow& row) {
  const auto pairs = read_pairs(row[0], row[1]);
  if (!pairs) return std::nullopt;
  return std::inner_product(pairs->a.begin(), pairs->a.end(), pairs->b.begin(), 0.0);
}

/// Magnitudes may be handed in, so that those of many rows are computed once.
std::optional<double> series_cosine_similarity(JsonRow& row) {
  if (!row.is_array(0) || !row.is_array(1)) return std::nullopt;
  const auto pairs = read_pairs(row[0], row[1]);
  if (!pairs) return std::nullopt;
  const auto magnitude = [&](std::size_t argument, const std::vector<double>& values) {
    const auto given = argument < row.size() ? number_of(row[argument]) : std::nullopt;
    return given.value_or(std::sqrt(squares(values)));
  };
  return std::inner_product(pairs->a.begin(), pairs->a.end(), pairs->b.begin(), 0.0) /
         (magnitude(2, pairs->a) * magnitude(3, pairs->b));
}

/// KQL: null where the lengths differ or something is no number.
std::optional<double> series_pearson_correlation(JsonRow& row) {
  const auto a = read_finite(row[0]);
  const auto b = read_finite(row[1]);
  if (!a || !b || a->size() != b->size() || a->empty()) return std::nullopt;
  const double mean_a = mean_of(*a);
  const double mean_b = mean_of(*b);
  double together = 0;
  for (std::size_t i = 0; i < a->size(); ++i) together += ((*a)[i] - mean_a) * ((*b)[i] - mean_b);
  return together / std::sqrt(squared_distances(*a) * squared_distances(*b));
}

constexpr Param kSeries[]{{"series", "An array of numbers; what is none is passed over."}};
constexpr Param kPair[]{{"series1", "An array of numbers."}, {"series2", "An array of numbers."}};
constexpr Param kPairOrNumber[]{{"series1", "An array of numbers, or one number."},
                                {"series2", "An array of numbers, or one number."}};
constexpr Param kCosine[]{{"series1", "An array of numbers."},
                          {"series2", "An array of numbers."},
                          {"series1_magnitude", "Its magnitude, where it is known.", true},
                          {"series2_magnitude", "Its magnitude, where it is known.", true}};
constexpr FunctionDef kSum{.name = "series_sum",
                           .summary = "Adds up the elements.",
                           .params = kSeries,
                           .example = {"print series_sum(dynamic([1, 2, 3, 4]))", "10.0"},
                           .resolve = resolve_json<series_sum, "d">};
constexpr FunctionDef kProduct{.name = "series_product",
                               .summary = "Multiplies the elements.",
                               .params = kSeries,
                               .example = {"print series_product(dynamic([1, 2, 3, 4]))", "24.0"},
                               .resolve = resolve_json<series_product, "d">};
constexpr FunctionDef kMagnitude{.name = "series_magnitude",
                                 .summary = "The length of a series seen as a vector.",
                                 .params = kSeries,
                                 .example = {"print series_magnitude(dynamic([3, 4]))", "5.0"},
                                 .resolve = resolve_json<series_magnitude, "d">};
constexpr FunctionDef kDotProduct{
    .name = "series_dot_product",
    .summary = "Multiplies two series element by element and adds up.",
    .params = kPairOrNumber,
    .example = {"print series_dot_product(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "12.0"},
    .resolve = resolve_json<series_dot_product, "nn">};
constexpr FunctionDef kCosineSimilarity{
    .name = "series_cosine_similarity",
    .summary = "The cosine of the angle between two series seen as vectors.",
    .params = kCosine,
    .example = {"print series_cosine_similarity(dynamic([3, 4]), dynamic([4, 3]))", "0.96"},
    .resolve = resolve_json<series_cosine_similarity, "ddnn">};
constexpr FunctionDef kPearson{
    .name = "series_pearson_correlation",
    .summary = "How far two series go together: from -1 to 1.",
    .params = kPair,
    .example = {"print series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 6]))", "1.0"},
    .resolve = resolve_json<series_pearson_correlation, "dd">};

constexpr const FunctionDef* kScalars[]{&kSum,        &kProduct,          &kMagnitude,
                                        &kDotProduct, &kCosineSimilarity, &kPearson};

}  // namespace

extern constinit const FunctionTable kSeriesReduce{"series", kScalars};

}  // namespace quarry::kql::functions
