// + - * / % and the unary minus. Kusto: numerical-operators, datetime-timespan-arithmetic. Integers
// are computed as long and wrap; a division of integers truncates and is null where the divisor is
// 0; what leaves the range of datetime or timespan is null; a remainder is never negative. dynamic
// takes the type of the other side; between two dynamics the values decide.
#include "common/base/text.h"
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/operator/operand_types.h"
#include "common/kql/functions/rowwise_inl.h"

#include <cmath>
#include <limits>

namespace quarry::kql::functions {
namespace {

using Int = std::int64_t;
using UInt = std::uint64_t;

// --- numbers
// ---------------------------------------------------------------------------------------------------------------------

Int wrapping(UInt value) { return static_cast<Int>(value); }
Int add_long(Int a, Int b) { return wrapping(static_cast<UInt>(a) + static_cast<UInt>(b)); }
Int subtract_long(Int a, Int b) { return wrapping(static_cast<UInt>(a) - static_cast<UInt>(b)); }
Int multiply_long(Int a, Int b) { return wrapping(static_cast<UInt>(a) * static_cast<UInt>(b)); }
double add_real(double a, double b) { return a + b; }
double subtract_real(double a, double b) { return a - b; }
double multiply_real(double a, double b) { return a * b; }
double divide_real(double a, double b) { return a / b; }

std::optional<Int> divide_long(Int a, Int b) {
  if (b == 0) return std::nullopt;
  if (b == -1) return wrapping(UInt{0} - static_cast<UInt>(a));
  return a / b;
}
std::optional<Int> modulo_long(Int a, Int b) {
  if (b == 0) return std::nullopt;
  if (b == -1) return 0;
  const Int rest = a % b;
  return rest >= 0 ? rest : rest + (b > 0 ? b : wrapping(UInt{0} - static_cast<UInt>(b)));
}
double modulo_real(double a, double b) {
  const double rest = std::fmod(a, b);
  return rest >= 0 || std::isnan(rest) ? rest : rest + std::fabs(b);
}

template <DecimalOp op>
std::optional<Decimal> decimal_(Decimal a, Decimal b) {
  return apply(op, a, b);
}
std::optional<Decimal> modulo_decimal(Decimal a, Decimal b) {
  const std::optional<Decimal> rest = apply(DecimalOp::kModulo, a, b);
  const Decimal zero = decimal_from(Int{0});
  if (!rest || compare(*rest, zero) >= 0) return rest;
  return apply(compare(b, zero) > 0 ? DecimalOp::kAdd : DecimalOp::kSubtract, *rest, b);
}

// --- time
// ------------------------------------------------------------------------------------------------------------------------

std::optional<Timespan> add_timespan(Timespan a, Timespan b) {
  Int sum = 0;
  if (__builtin_add_overflow(a.ticks, b.ticks, &sum)) return std::nullopt;
  return Timespan{sum};
}
std::optional<Timespan> subtract_timespan(Timespan a, Timespan b) {
  Int difference = 0;
  if (__builtin_sub_overflow(a.ticks, b.ticks, &difference)) return std::nullopt;
  return Timespan{difference};
}
std::optional<Datetime> in_range(Int ticks, bool overflow) {
  if (overflow || ticks < 0 || ticks > Datetime::kMaxTicks) return std::nullopt;
  return Datetime{ticks};
}
std::optional<Datetime> add_datetime(Datetime a, Timespan b) {
  Int sum = 0;
  const bool overflow = __builtin_add_overflow(a.ticks, b.ticks, &sum);
  return in_range(sum, overflow);
}
std::optional<Datetime> add_to_timespan(Timespan a, Datetime b) { return add_datetime(b, a); }
std::optional<Datetime> subtract_from_datetime(Datetime a, Timespan b) {
  Int difference = 0;
  const bool overflow = __builtin_sub_overflow(a.ticks, b.ticks, &difference);
  return in_range(difference, overflow);
}
Timespan subtract_datetimes(Datetime a, Datetime b) { return {a.ticks - b.ticks}; }

std::optional<Timespan> to_timespan(double ticks) {
  constexpr double kLimit = 9.2233720368547758e18;
  if (!(ticks > -kLimit && ticks < kLimit)) return std::nullopt;
  return Timespan{static_cast<Int>(std::llround(ticks))};
}
std::optional<Timespan> multiply_timespan(Timespan a, Int b) {
  Int product = 0;
  if (__builtin_mul_overflow(a.ticks, b, &product)) return std::nullopt;
  return Timespan{product};
}
std::optional<Timespan> multiply_by_timespan(Int a, Timespan b) { return multiply_timespan(b, a); }
std::optional<Timespan> multiply_timespan_real(Timespan a, double b) {
  return to_timespan(static_cast<double>(a.ticks) * b);
}
std::optional<Timespan> multiply_real_timespan(double a, Timespan b) {
  return multiply_timespan_real(b, a);
}
std::optional<Timespan> divide_timespan(Timespan a, Int b) {
  const auto quotient = divide_long(a.ticks, b);
  if (!quotient) return std::nullopt;
  return Timespan{*quotient};
}
std::optional<Timespan> divide_timespan_real(Timespan a, double b) {
  return to_timespan(static_cast<double>(a.ticks) / b);
}
double divide_timespans(Timespan a, Timespan b) {
  return static_cast<double>(a.ticks) / static_cast<double>(b.ticks);
}
double divide_datetime(Datetime a, Timespan b) {
  return static_cast<double>(a.ticks) / static_cast<double>(b.ticks);
}
std::optional<Timespan> modulo_timespan(Timespan a, Timespan b) {
  const auto rest = modulo_long(a.ticks, b.ticks);
  if (!rest) return std::nullopt;
  return Timespan{*rest};
}
std::optional<Timespan> modulo_datetime(Datetime a, Timespan b) {
  return modulo_timespan({a.ticks}, b);
}

// --- dynamic
// ---------------------------------------------------------------------------------------------------------------------

/// Two numbers inside dynamics; null where one is not a number.
template <auto kLong, auto kReal>
DynamicText of_dynamics(DynamicView a, DynamicView b) {
  DynamicText result;
  const auto long_a = a.as_long();
  const auto long_b = b.as_long();
  if (long_a && long_b) {
    const std::optional<Int> value = kLong(*long_a, *long_b);
    if (value) text::append_int(result.json, *value);
    return result;
  }
  const auto real_a = a.as_real();
  const auto real_b = b.as_real();
  if (!real_a || !real_b) return result;
  const double value = kReal(*real_a, *real_b);
  if (std::isfinite(value)) text::append_real(result.json, value);
  return result;
}

DynamicText negate_dynamic(DynamicView a) {
  return of_dynamics<subtract_long, subtract_real>(DynamicView("0"), a);
}

// --- kernels and resolution
// ------------------------------------------------------------------------------------------------------

/// Null in, null out over plain arrays: the function is total.
template <Type T, auto kFunction>
Column run_total(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    return fill_binary<T, T, T>(call.args[0], call.args[1], rows, null_in_null_out(call.args, rows),
                                [](Cell<T> a, Cell<T> b) { return kFunction(a, b); });
  });
}
template <Type T, auto kFunction>
constexpr Overload total_overload() {
  Overload result;
  result.params = {T, T};
  result.count = 2;
  result.kernel = {T, &run_total<T, kFunction>};
  return result;
}

constexpr Overload kAddOverloads[]{total_overload<Type::kLong, add_long>(),
                                   total_overload<Type::kReal, add_real>(),
                                   rowwise_overload<decimal_<DecimalOp::kAdd>>,
                                   rowwise_overload<add_timespan>,
                                   rowwise_overload<add_datetime>,
                                   rowwise_overload<add_to_timespan>,
                                   rowwise_overload<of_dynamics<add_long, add_real>>};
constexpr Overload kSubtractOverloads[]{
    total_overload<Type::kLong, subtract_long>(),
    total_overload<Type::kReal, subtract_real>(),
    rowwise_overload<decimal_<DecimalOp::kSubtract>>,
    rowwise_overload<subtract_timespan>,
    rowwise_overload<subtract_from_datetime>,
    rowwise_overload<subtract_datetimes>,
    rowwise_overload<of_dynamics<subtract_long, subtract_real>>};
constexpr Overload kMultiplyOverloads[]{
    total_overload<Type::kLong, multiply_long>(),
    total_overload<Type::kReal, multiply_real>(),
    rowwise_overload<decimal_<DecimalOp::kMultiply>>,
    rowwise_overload<multiply_timespan>,
    rowwise_overload<multiply_by_timespan>,
    rowwise_overload<multiply_timespan_real>,
    rowwise_overload<multiply_real_timespan>,
    rowwise_overload<of_dynamics<multiply_long, multiply_real>>};
constexpr Overload kDivideOverloads[]{rowwise_overload<divide_long>,
                                      total_overload<Type::kReal, divide_real>(),
                                      rowwise_overload<decimal_<DecimalOp::kDivide>>,
                                      rowwise_overload<divide_timespans>,
                                      rowwise_overload<divide_timespan>,
                                      rowwise_overload<divide_timespan_real>,
                                      rowwise_overload<divide_datetime>,
                                      rowwise_overload<of_dynamics<divide_long, divide_real>>};
constexpr Overload kModuloOverloads[]{
    rowwise_overload<modulo_long>,     total_overload<Type::kReal, modulo_real>(),
    rowwise_overload<modulo_decimal>,  rowwise_overload<modulo_timespan>,
    rowwise_overload<modulo_datetime>, rowwise_overload<of_dynamics<modulo_long, modulo_real>>};

struct ArithmeticOperator {
  std::string_view name;
  std::span<const Overload> overloads;
};
constexpr ArithmeticOperator kPlus{"+", kAddOverloads};
constexpr ArithmeticOperator kMinus{"-", kSubtractOverloads};
constexpr ArithmeticOperator kTimes{"*", kMultiplyOverloads};
constexpr ArithmeticOperator kOver{"/", kDivideOverloads};
constexpr ArithmeticOperator kRest{"%", kModuloOverloads};

constexpr bool is_time(Type type) { return type == Type::kDatetime || type == Type::kTimespan; }

/// The types that the two sides are converted to before an overload is looked for.
std::pair<Type, Type> operand_types(Type a, Type b) {
  if (a == Type::kUnknown) a = b == Type::kUnknown ? Type::kLong : b;
  if (b == Type::kUnknown) b = a;
  const auto beside_dynamic = [](Type other) { return other == Type::kInt ? Type::kLong : other; };
  if (a == Type::kDynamic && b != Type::kDynamic)
    a = beside_dynamic(b);
  else if (b == Type::kDynamic && a != Type::kDynamic)
    b = beside_dynamic(a);
  if (const Type widest = widest_number(a, b); widest != Type::kUnknown) {
    a = b = widest == Type::kInt ? Type::kLong : widest;
  } else if (is_time(a) || is_time(b)) {  // timespan * int, decimal / timespan …
    const auto beside_time = [](Type number) {
      if (number == Type::kInt) return Type::kLong;
      return number == Type::kDecimal ? Type::kReal : number;
    };
    a = beside_time(a);
    b = beside_time(b);
  }
  return {a, b};
}

template <const ArithmeticOperator& op>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  const auto [a, b] = operand_types(arguments[0].type, arguments[1].type);
  for (const Overload& overload : op.overloads) {
    if (overload.params[0] == a && overload.params[1] == b)
      return ResolvedScalar{{a, b}, overload.kernel};
  }
  const bool texts = arguments[0].type == Type::kString || arguments[1].type == Type::kString;
  return not_defined_for(
      op.name, arguments[0].type, arguments[1].type,
      !texts ? ""
      : op.name == "+"
          ? "join texts with strcat(); read a number from a text with toint(), tolong() or toreal()"
          : "read a number from a text with toint(), tolong() or toreal()");
}

Int negate_long(Int a) { return subtract_long(0, a); }
double negate_real(double a) { return -a; }
std::optional<Decimal> negate_decimal(Decimal a) {
  return apply(DecimalOp::kSubtract, decimal_from(Int{0}), a);
}
std::optional<Timespan> negate_timespan(Timespan a) { return subtract_timespan({0}, a); }

constexpr Overload kNegateOverloads[]{
    rowwise_overload<negate_long>, rowwise_overload<negate_real>, rowwise_overload<negate_decimal>,
    rowwise_overload<negate_timespan>, rowwise_overload<negate_dynamic>};

Result<ResolvedScalar> resolve_negate(std::span<const Argument> arguments) {
  const bool as_long = arguments[0].type == Type::kUnknown || arguments[0].type == Type::kInt;
  const Type type = as_long ? Type::kLong : arguments[0].type;
  for (const Overload& overload : kNegateOverloads) {
    if (overload.params[0] == type) return ResolvedScalar{{type}, overload.kernel};
  }
  return fail(ErrorCode::kQuery,
              "the operator '-' is not defined for " + std::string(name_of(type)));
}

constexpr Param kOperands[]{{"left"}, {"right"}};
constexpr Param kOperand[]{{"value"}};

constexpr FunctionDef kAdd{
    .name = "+",
    .summary = "Adds numbers and timespans, or a timespan to a datetime.",
    .params = kOperands,
    .example = {"print datetime(2024-05-01) + 1d", "2024-05-02T00:00:00.0000000Z"},
    .resolve = &resolve<kPlus>,
    .hidden = true};
constexpr FunctionDef kSubtract{
    .name = "-",
    .summary = "Subtracts numbers, timespans and datetimes.",
    .params = kOperands,
    .example = {"print datetime(2024-05-02) - datetime(2024-05-01)", "1.00:00:00"},
    .resolve = &resolve<kMinus>,
    .hidden = true};
constexpr FunctionDef kMultiply{.name = "*",
                                .summary = "Multiplies numbers, or a timespan by a number.",
                                .params = kOperands,
                                .example = {"print 1.5 * 1h", "01:30:00"},
                                .resolve = &resolve<kTimes>,
                                .hidden = true};
constexpr FunctionDef kDivide{.name = "/",
                              .summary = "Divides; integers give an integer, two timespans a real.",
                              .params = kOperands,
                              .example = {"print 7 / 2", "3"},
                              .resolve = &resolve<kOver>,
                              .hidden = true};
constexpr FunctionDef kModulo{.name = "%",
                              .summary = "Remainder of a division, never negative.",
                              .params = kOperands,
                              .example = {"print -14 % 12", "10"},
                              .resolve = &resolve<kRest>,
                              .hidden = true};
constexpr FunctionDef kNegate{.name = "negate",
                              .summary = "The unary minus.",
                              .params = kOperand,
                              .example = {"print -(1h)", "-01:00:00"},
                              .resolve = &resolve_negate,
                              .hidden = true};

constexpr const FunctionDef* kScalars[]{&kAdd,    &kSubtract, &kMultiply,
                                        &kDivide, &kModulo,   &kNegate};

}  // namespace

extern constinit const FunctionTable kArithmetic{"operator", kScalars};

}  // namespace quarry::kql::functions
