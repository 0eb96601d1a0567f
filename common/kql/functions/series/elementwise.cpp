// series_abs(), series_exp(), series_sin() …: a function of one number on every element. What is no
// number gives null.
#include "common/kql/functions/series/define.h"
#include "common/kql/functions/series/series.h"

#include <cmath>

namespace quarry::kql::functions {
namespace {

/// Writes make(i) for every place that has a number.
template <class Make>
void write_each(JsonRow& row, const Series& series, Make&& make) {
  std::string& out = row.out();
  out += '[';
  for (std::size_t i = 0; i < series.size(); ++i) {
    append_separator(out);
    if (series.missing[i])
      out += "null";
    else
      append_number(out, make(i));
  }
  out += ']';
}

template <double (*kFunction)(double)>
void each_real(JsonRow& row) {
  if (const auto series = read_series(row[0]))
    write_each(row, *series, [&](std::size_t i) { return kFunction(series->reals[i]); });
}

/// As each_real, but a series of integers stays one. The least integer has no positive twin: it
/// stays, as in abs().
template <double (*kFunction)(double), std::int64_t (*kInteger)(std::int64_t)>
void each_number(JsonRow& row) {
  const auto series = read_series(row[0]);
  if (!series) return;
  if (series->is_integer())
    write_each(row, *series, [&](std::size_t i) { return kInteger(series->integers[i]); });
  else
    write_each(row, *series, [&](std::size_t i) { return kFunction(series->reals[i]); });
}

std::int64_t same(std::int64_t x) { return x; }
std::int64_t abs_long(std::int64_t x) {
  return x < 0 ? static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(x)) : x;
}
double abs_real(double x) { return std::fabs(x); }
double ceiling(double x) { return std::ceil(x); }
double floor_real(double x) { return std::floor(x); }
double exp_real(double x) { return std::exp(x); }
double log_real(double x) { return std::log(x); }
double sin_real(double x) { return std::sin(x); }
double cos_real(double x) { return std::cos(x); }
double tan_real(double x) { return std::tan(x); }
double asin_real(double x) { return std::asin(x); }
double acos_real(double x) { return std::acos(x); }
double atan_real(double x) { return std::atan(x); }

/// KQL: signs are integers, whatever the series holds.
void signs(JsonRow& row) {
  if (const auto series = read_series(row[0])) {
    write_each(row, *series, [&](std::size_t i) {
      return static_cast<std::int64_t>(series->reals[i] > 0) -
             static_cast<std::int64_t>(series->reals[i] < 0);
    });
  }
}

constexpr Param kParams[]{{"series", "An array of numbers."}};

constexpr FunctionDef of_series(std::string_view name, std::string_view summary, Example example,
                                ResolveScalar resolve) {
  return {
      .name = name, .summary = summary, .params = kParams, .example = example, .resolve = resolve};
}

constexpr FunctionDef kDefinitions[]{
    of_series("series_abs", "Absolute value of every element.",
              {"print series_abs(dynamic([-6.5, 0, 8.2]))", "[6.5,0.0,8.2]"},
              resolve_json<each_number<abs_real, abs_long>, "d">),
    of_series("series_ceiling", "Every element rounded up.",
              {"print series_ceiling(dynamic([-1.5, 1, 2.5]))", "[-1.0,1.0,3.0]"},
              resolve_json<each_number<ceiling, same>, "d">),
    of_series("series_floor", "Every element rounded down.",
              {"print series_floor(dynamic([-1.5, 1, 2.5]))", "[-2.0,1.0,2.0]"},
              resolve_json<each_number<floor_real, same>, "d">),
    of_series("series_sign", "The sign of every element: -1, 0 or 1.",
              {"print series_sign(dynamic([-6, 0, 8]))", "[-1,0,1]"}, resolve_json<signs, "d">),
    of_series("series_exp", "e to the power of every element.",
              {"print series_exp(dynamic([0]))", "[1.0]"}, resolve_json<each_real<exp_real>, "d">),
    of_series("series_log", "Natural logarithm of every element.",
              {"print series_log(dynamic([1]))", "[0.0]"}, resolve_json<each_real<log_real>, "d">),
    of_series("series_sin", "Sine of every element.", {"print series_sin(dynamic([0]))", "[0.0]"},
              resolve_json<each_real<sin_real>, "d">),
    of_series("series_cos", "Cosine of every element.", {"print series_cos(dynamic([0]))", "[1.0]"},
              resolve_json<each_real<cos_real>, "d">),
    of_series("series_tan", "Tangent of every element.",
              {"print series_tan(dynamic([0]))", "[0.0]"}, resolve_json<each_real<tan_real>, "d">),
    of_series("series_asin", "The angle whose sine every element is.",
              {"print series_asin(dynamic([0]))", "[0.0]"},
              resolve_json<each_real<asin_real>, "d">),
    of_series("series_acos", "The angle whose cosine every element is.",
              {"print series_acos(dynamic([1]))", "[0.0]"},
              resolve_json<each_real<acos_real>, "d">),
    of_series("series_atan", "The angle whose tangent every element is.",
              {"print series_atan(dynamic([0]))", "[0.0]"},
              resolve_json<each_real<atan_real>, "d">),
};
constexpr auto kScalars = addresses_of(kDefinitions);

}  // namespace

extern constinit const FunctionTable kSeriesElementwise{"series", kScalars};

}  // namespace quarry::kql::functions
