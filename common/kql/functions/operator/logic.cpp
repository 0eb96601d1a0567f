// and, or, not: Kleene's three values. A null stands for "not known", so `null and false` is false
// and `null or true` is true.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

/// What decides alone: false for and, true for or.
template <std::uint8_t kDecides>
Column combine_with_nulls(const Column& left, const Column& right, std::size_t rows) {
  const Cells<Type::kBool> a(left);
  const Cells<Type::kBool> b(right);
  ValidityBits validity(rows);
  auto cells = allocate_cells<Type::kBool>(rows);
  std::uint8_t* const out = cells.get();
  for (std::size_t i = 0; i < rows; ++i) {
    const bool null_a = a.is_null(i);
    const bool null_b = b.is_null(i);
    const bool decided = (!null_a && a[i] == kDecides) || (!null_b && b[i] == kDecides);
    out[i] = decided ? kDecides : kDecides ^ 1;
    if (!decided && (null_a || null_b)) validity.set_null(i);
  }
  return Column(Type::kBool, rows, std::shared_ptr<const void>(cells, out), validity.finish());
}

template <std::uint8_t kDecides>
Column run(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    const Column& a = call.args[0];
    const Column& b = call.args[1];
    if (a.may_have_nulls() || b.may_have_nulls()) return combine_with_nulls<kDecides>(a, b, rows);
    return fill_binary<Type::kBool, Type::kBool, Type::kBool>(
        a, b, rows, nullptr, [](std::uint8_t x, std::uint8_t y) {
          return static_cast<std::uint8_t>(kDecides == 0 ? x & y : x | y);
        });
  });
}

template <std::uint8_t kDecides>
constexpr Overload overload() {
  Overload result;
  result.params = {Type::kBool, Type::kBool};
  result.count = 2;
  result.kernel = {Type::kBool, &run<kDecides>};
  return result;
}
constexpr Overload kAndOverloads[]{overload<0>()};
constexpr Overload kOrOverloads[]{overload<1>()};

bool not_(bool value) { return !value; }

constexpr Param kOperands[]{{"left"}, {"right"}};
constexpr Param kOperand[]{{"value", "The condition to turn round."}};

constexpr FunctionDef kAnd{.name = "and",
                           .summary = "True where both sides are.",
                           .params = kOperands,
                           .example = {"print true and false", "false"},
                           .overloads = kAndOverloads,
                           .hidden = true};
constexpr FunctionDef kOr{.name = "or",
                          .summary = "True where one side is.",
                          .params = kOperands,
                          .example = {"print true or false", "true"},
                          .overloads = kOrOverloads,
                          .hidden = true};
constexpr FunctionDef kNot{.name = "not",
                           .summary = "Turns true into false and false into true; null stays null.",
                           .params = kOperand,
                           .example = {"print not(1 == 2)", "true"},
                           .overloads = rowwise<not_>};

constexpr const FunctionDef* kScalars[]{&kAnd, &kOr, &kNot};

}  // namespace

extern constinit const FunctionTable kLogic{"operator", kScalars};

}  // namespace quarry::kql::functions
