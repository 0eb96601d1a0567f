// == != < <= > >=. Kusto: scalar-data-types/null-values: two nulls are neither equal nor unequal
// (null); a null and a value are unequal; an order with a null is null. Texts compare byte by byte.
// A text beside another type is read as that type.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/convert/cast.h"
#include "common/kql/functions/function.h"
#include "common/kql/functions/operator/operand_types.h"
#include "common/value/compare.h"

namespace quarry::kql::functions {
namespace {

enum class Order : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual
};
constexpr bool is_equality(Order order) {
  return order == Order::kEqual || order == Order::kNotEqual;
}

template <Order order, class T>
bool holds(const T& a, const T& b) {
  if constexpr (order == Order::kEqual)
    return a == b;
  else if constexpr (order == Order::kNotEqual)
    return !(a == b);
  else if constexpr (order == Order::kLess)
    return a < b;
  else if constexpr (order == Order::kLessOrEqual)
    return a <= b;
  else if constexpr (order == Order::kGreater)
    return a > b;
  else
    return a >= b;
}

template <Order order, Type T>
std::uint8_t compare_values(const Cell<T>& a, const Cell<T>& b) {
  if constexpr (T == Type::kString && is_equality(order))
    return holds<order>(a, b) ? 1 : 0;
  else if constexpr (T == Type::kDynamic && is_equality(order)) {
    return equal_dynamic(a.json.view(), b.json.view()) == (order == Order::kEqual) ? 1 : 0;
  } else if constexpr (T == Type::kString || T == Type::kDynamic || T == Type::kDecimal) {
    return holds<order>(compare_cells(a, b), 0) ? 1 : 0;
  } else {
    return holds<order>(a, b) ? 1 : 0;
  }
}

/// == and != where nulls may occur: null only where both sides are.
template <Order order, Type T>
Column compare_with_nulls(const Column& left, const Column& right, std::size_t rows) {
  const Cells<T> a(left);
  const Cells<T> b(right);
  ValidityBits validity(rows);
  auto cells = allocate_cells<Type::kBool>(rows);
  std::uint8_t* const out = cells.get();
  for (std::size_t i = 0; i < rows; ++i) {
    const bool null_a = a.is_null(i);
    const bool null_b = b.is_null(i);
    if (null_a && null_b) validity.set_null(i);
    out[i] = null_a || null_b ? (order == Order::kNotEqual ? 1 : 0)
                              : compare_values<order, T>(a[i], b[i]);
  }
  return Column(Type::kBool, rows, std::shared_ptr<const void>(cells, out), validity.finish());
}

template <Order order, Type T>
Column compare_columns(const Column& left, const Column& right, std::size_t rows) {
  if constexpr (is_equality(order)) {
    if (left.may_have_nulls() || right.may_have_nulls())
      return compare_with_nulls<order, T>(left, right, rows);
  }
  const Column both[]{left, right};
  return fill_binary<T, T, Type::kBool>(left, right, rows, null_in_null_out(both, rows),
                                        &compare_values<order, T>);
}

template <Order order, Type T>
Column run(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    return compare_columns<order, T>(call.args[0], call.args[1], rows);
  });
}

/// Where the sides have types that only a cast brings together: both are cast to T first.
template <Order order, Type T>
Column run_mixed(KernelCall& call) {
  const Column left = cast_column(call.args[0], T);
  const Column right = cast_column(call.args[1], T);
  const Column sides[]{left, right};
  KernelCall same{call.run, nullptr, sides, call.rows};
  return run<order, T>(same);
}

/// The type in which two texts-and-something or bool-and-number are compared; kUnknown where there
/// is none.
Type meeting_type(Type a, Type b) {
  if (a == b) return a;
  if (const Type widest = widest_number(a, b); widest != Type::kUnknown) return widest;
  if (a == Type::kString) return b;
  if (b == Type::kString) return a;
  if (a == Type::kBool && is_numeric(b)) return b;
  if (b == Type::kBool && is_numeric(a)) return a;
  return Type::kUnknown;
}

constexpr std::string_view spelling(Order order) {
  switch (order) {
    case Order::kEqual:
      return "==";
    case Order::kNotEqual:
      return "!=";
    case Order::kLess:
      return "<";
    case Order::kLessOrEqual:
      return "<=";
    case Order::kGreater:
      return ">";
    case Order::kGreaterOrEqual:
      break;
  }
  return ">=";
}

template <Order order>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  Type a = arguments[0].type;
  Type b = arguments[1].type;
  if (a == Type::kUnknown) a = b == Type::kUnknown ? Type::kString : b;
  if (b == Type::kUnknown) b = a;
  if (a == Type::kDynamic)
    a = b;
  else if (b == Type::kDynamic)
    b = a;
  const Type meeting = meeting_type(a, b);
  if (meeting == Type::kUnknown) {
    return not_defined_for(spelling(order), arguments[0].type, arguments[1].type,
                           "cast one side to the type of the other");
  }
  ScalarKernel kernel{Type::kBool};
  const bool numbers = is_numeric(a) && is_numeric(b);
  kernel.run = dispatch(meeting, [&]<Type T>() -> ScalarFn {
    return a == b || numbers ? &run<order, T> : &run_mixed<order, T>;
  });
  if (numbers) a = b = meeting;
  return ResolvedScalar{{a, b}, kernel};
}

constexpr Param kOperands[]{{"left"}, {"right"}};
constexpr std::string_view kNotEqualAliases[]{"<>"};

constexpr FunctionDef kEqual{.name = "==",
                             .summary = "Equal; texts with regard to case.",
                             .params = kOperands,
                             .example = {R"(print "aBc" == "aBc")", "true"},
                             .resolve = &resolve<Order::kEqual>,
                             .hidden = true};
constexpr FunctionDef kNotEqual{.name = "!=",
                                .aliases = kNotEqualAliases,
                                .summary = "Not equal; texts with regard to case.",
                                .params = kOperands,
                                .example = {R"(print "abc" != "ABC")", "true"},
                                .resolve = &resolve<Order::kNotEqual>,
                                .hidden = true};
constexpr FunctionDef kLess{.name = "<",
                            .summary = "Less than.",
                            .params = kOperands,
                            .example = {"print 1 < 2", "true"},
                            .resolve = &resolve<Order::kLess>,
                            .hidden = true};
constexpr FunctionDef kLessOrEqual{.name = "<=",
                                   .summary = "Less than or equal.",
                                   .params = kOperands,
                                   .example = {"print 2 <= 2", "true"},
                                   .resolve = &resolve<Order::kLessOrEqual>,
                                   .hidden = true};
constexpr FunctionDef kGreater{.name = ">",
                               .summary = "Greater than.",
                               .params = kOperands,
                               .example = {"print 1d > 23h", "true"},
                               .resolve = &resolve<Order::kGreater>,
                               .hidden = true};
constexpr FunctionDef kGreaterOrEqual{.name = ">=",
                                      .summary = "Greater than or equal.",
                                      .params = kOperands,
                                      .example = {"print 2 >= 2.5", "false"},
                                      .resolve = &resolve<Order::kGreaterOrEqual>,
                                      .hidden = true};

constexpr const FunctionDef* kScalars[]{&kEqual,       &kNotEqual, &kLess,
                                        &kLessOrEqual, &kGreater,  &kGreaterOrEqual};

}  // namespace

extern constinit const FunctionTable kComparison{"operator", kScalars};

}  // namespace quarry::kql::functions
