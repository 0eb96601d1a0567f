// Series: dynamic arrays of numbers, as make-series and make_list give them. An array is read once
// into vectors, computed on, and written once. KQL: what is no number is missing; most functions
// give null for it (or for the whole series, where a gap would falsify the answer).
#pragma once

#include "common/kql/functions/dynamic/json_function.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace quarry::kql::functions {

/// The numbers of one array.
struct Series {
  std::vector<double> reals;           // NaN where a number is missing
  std::vector<std::int64_t> integers;  // the same exactly, 0 where missing; only while all numbers
                                       // are integers, else empty
  std::vector<bool> missing;           // by place
  bool any_missing = false;

  std::size_t size() const { return reals.size(); }
  bool is_integer() const { return integers.size() == reals.size(); }
};

/// The number of a JSON value: "NaN" and "Infinity" are numbers that JSON has to write as text.
std::optional<double> number_of(const DynamicView& value);
/// nullopt where it is no array.
std::optional<Series> read_series(const DynamicView& array);
/// The numbers of an array without gaps; nullopt where it is no array or something in it is no
/// finite number.
std::optional<std::vector<double>> read_finite(const DynamicView& array);

/// Appends a number as JSON, NaN as "NaN".
void append_number(std::string& json, double value);
void append_number(std::string& json, std::int64_t value);
/// Appends an array; NaN, which stands for what cannot be computed, becomes null.
void append_reals(std::string& json, std::span<const double> values);

double mean_of(std::span<const double> values);
/// Sum of squared distances from the mean.
double squared_distances(std::span<const double> values);
/// KQL: the variance of a sample, 0 for one value.
double variance_of(std::span<const double> values);

}  // namespace quarry::kql::functions
