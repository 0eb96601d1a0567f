#include "common/kql/functions/series/series.h"

#include "common/kql/functions/dynamic/json_cell.h"

#include <cmath>
#include <limits>

namespace quarry::kql::functions {

std::optional<double> number_of(const DynamicView& value) {
  switch (value.kind()) {
    case DynamicKind::kLong:
    case DynamicKind::kReal:
      return value.as_real();
    case DynamicKind::kString:
      break;
    default:
      return std::nullopt;
  }
  if (value.json() == "\"NaN\"") return std::numeric_limits<double>::quiet_NaN();
  if (value.json() == "\"Infinity\"") return std::numeric_limits<double>::infinity();
  if (value.json() == "\"-Infinity\"") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

std::optional<Series> read_series(const DynamicView& array) {
  if (array.kind() != DynamicKind::kArray) return std::nullopt;
  Series series;
  bool integer = true;
  DynamicView element;
  for (ArrayCursor cursor(array); cursor.next(element);) {
    const std::optional<double> number = number_of(element);
    series.reals.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
    series.missing.push_back(!number);
    series.any_missing = series.any_missing || !number;
    const std::optional<std::int64_t> whole = integer ? element.as_long() : std::nullopt;
    integer = integer && (whole || !number);
    if (integer) series.integers.push_back(whole.value_or(0));
  }
  if (!integer) series.integers.clear();
  return series;
}

std::optional<std::vector<double>> read_finite(const DynamicView& array) {
  std::optional<Series> series = read_series(array);
  if (!series) return std::nullopt;
  for (const double value : series->reals) {
    if (!std::isfinite(value)) return std::nullopt;
  }
  return std::move(series->reals);
}

void append_number(std::string& json, double value) { append_json_cell<Type::kReal>(json, value); }
void append_number(std::string& json, std::int64_t value) {
  append_json_cell<Type::kLong>(json, value);
}

void append_reals(std::string& json, std::span<const double> values) {
  json += '[';
  for (const double value : values) {
    append_separator(json);
    if (std::isnan(value))
      json += "null";
    else
      append_number(json, value);
  }
  json += ']';
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double squared_distances(std::span<const double> values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum;
}

double variance_of(std::span<const double> values) {
  return values.size() < 2 ? 0 : squared_distances(values) / static_cast<double>(values.size() - 1);
}

}  // namespace quarry::kql::functions
