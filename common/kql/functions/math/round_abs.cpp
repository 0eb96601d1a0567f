// abs, round: they keep the type of their argument.
#include "common/kql/functions/rowwise_inl.h"

#include <cmath>

namespace quarry::kql::functions {
namespace {

using Int = std::int64_t;

Int abs_long(Int x) {
  return x < 0 ? static_cast<Int>(std::uint64_t{0} - static_cast<std::uint64_t>(x)) : x;
}
double abs_real(double x) { return std::fabs(x); }
Decimal abs_decimal(Decimal x) {
  const Decimal zero;
  if (compare(x, zero) >= 0) return x;
  return apply(DecimalOp::kSubtract, zero, x).value_or(x);
}
Timespan abs_timespan(Timespan x) { return {abs_long(x.ticks)}; }

constexpr Int kMostDigits = 15;  // a double has no more

double round_to(double x, Int digits) {
  if (!std::isfinite(x) || digits > kMostDigits) return x;
  if (digits < -308) return 0;
  const double scale = std::pow(10.0, static_cast<double>(digits < 0 ? -digits : digits));
  const double result = digits < 0 ? std::round(x / scale) * scale : std::round(x * scale) / scale;
  return std::isfinite(result) ? result : x;
}
double round_real(double x) { return std::round(x); }
Int round_long(Int x) { return x; }
/// Digits to the right of the point change nothing; to the left they do: round(21, -1) is 20.
Int round_long_to(Int x, Int digits) {
  if (digits >= 0) return x;
  if (digits < -18) return 0;
  Int scale = 1;
  for (; digits < 0; ++digits) scale *= 10;
  const Int rest = x % scale;
  const Int whole = x - rest;
  Int rounded = whole;
  if (abs_long(rest) >= scale - abs_long(rest) &&
      __builtin_add_overflow(whole, x < 0 ? -scale : scale, &rounded))
    return whole;
  return rounded;
}
Decimal round_decimal(Decimal x) { return round(x, 0); }
Decimal round_decimal_to(Decimal x, Int digits) {
  constexpr Int kLimit = 40;
  return round(x, static_cast<int>(digits > kLimit ? kLimit : digits < -kLimit ? -kLimit : digits));
}

// The first overload is that of a dynamic value, which may hold a fraction.
constexpr Param kNumber[]{{"number", "A number or a timespan."}};
constexpr Param kRoundParams[]{
    {"number", "A number."},
    {.name = "precision", .help = "Digits to keep; negative: before the point.", .optional = true}};
constexpr FunctionDef kAbs{.name = "abs",
                           .summary = "The value without its sign.",
                           .params = kNumber,
                           .example = {"print abs(-5)", "5"},
                           .overloads = rowwise<abs_real, abs_long, abs_decimal, abs_timespan>};
constexpr FunctionDef kRound{
    .name = "round",
    .summary = "Rounds to so many digits; halves go away from zero.",
    .params = kRoundParams,
    .example = {"print round(3.14159, 2)", "3.14"},
    .overloads =
        rowwise<round_real, round_long, round_decimal, round_to, round_long_to, round_decimal_to>};

constexpr const FunctionDef* kScalars[]{&kAbs, &kRound};

}  // namespace

extern constinit const FunctionTable kRoundAbs{"math", kScalars};

}  // namespace quarry::kql::functions
