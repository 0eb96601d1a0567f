#include "common/kql/bind/type_rules.h"

#include "common/base/assert.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

constexpr int kNumericStep = 1;
constexpr int kFromDynamic = 20;
constexpr int kToDynamic = 40;

int numeric_rank(Type type) {
  switch (type) {
    case Type::kInt:
      return 1;
    case Type::kLong:
      return 2;
    case Type::kReal:
      return 3;
    case Type::kDecimal:
      return 4;
    default:
      return 0;
  }
}

std::string_view cast_function(Type type) {
  switch (type) {
    case Type::kBool:
      return "tobool";
    case Type::kInt:
      return "toint";
    case Type::kLong:
      return "tolong";
    case Type::kReal:
      return "toreal";
    case Type::kDecimal:
      return "todecimal";
    case Type::kDatetime:
      return "todatetime";
    case Type::kTimespan:
      return "totimespan";
    case Type::kGuid:
      return "toguid";
    case Type::kDynamic:
      return "__to_dynamic";
    case Type::kString:
    case Type::kUnknown:
      break;
  }
  return "tostring";
}

template <class O>
const O* choose(std::span<const O> overloads, std::span<const Argument> arguments) {
  const O* best = nullptr;
  int best_cost = 0;
  for (const O& overload : overloads) {
    if (overload.count != arguments.size()) continue;
    int cost = 0;
    bool fits = true;
    for (std::size_t i = 0; i < arguments.size() && fits; ++i) {
      if (arguments[i].type == Type::kUnknown) continue;
      const auto step = conversion_cost(arguments[i].type, overload.params[i]);
      fits = step.has_value();
      cost += step.value_or(0);
    }
    if (fits && (best == nullptr || cost < best_cost)) {
      best = &overload;
      best_cost = cost;
    }
  }
  return best;
}

Argument argument_of(const ExpressionPtr& expression) {
  return {expression->type,
          expression->kind == Expression::Kind::kLiteral ? &expression->literal : nullptr,
          {}};
}

}  // namespace

std::optional<int> conversion_cost(Type from, Type to) {
  if (from == to || from == Type::kUnknown || to == Type::kUnknown) return 0;
  const int rank_from = numeric_rank(from);
  const int rank_to = numeric_rank(to);
  if (rank_from != 0 && rank_to != 0) {
    if (rank_from > rank_to) return std::nullopt;
    return kNumericStep * (rank_to - rank_from);
  }
  if (from == Type::kDynamic) return to == Type::kString ? kFromDynamic : kFromDynamic + 1;
  if (to == Type::kDynamic) return kToDynamic;
  return std::nullopt;
}

std::optional<Type> common_type(Type a, Type b) {
  if (a == b || b == Type::kUnknown) return a;
  if (a == Type::kUnknown) return b;
  if (is_numeric(a) && is_numeric(b)) return numeric_rank(a) > numeric_rank(b) ? a : b;
  if (a == Type::kDynamic) return b;
  if (b == Type::kDynamic) return a;
  return std::nullopt;
}

const Overload* choose_overload(std::span<const Overload> overloads,
                                std::span<const Argument> arguments) {
  return choose(overloads, arguments);
}
const AggregateOverload* choose_overload(std::span<const AggregateOverload> overloads,
                                         std::span<const Argument> arguments) {
  return choose(overloads, arguments);
}

ExpressionPtr convert(const ExpressionPtr& expression, Type wanted, const RunContext& run) {
  if (expression->type == wanted || expression->type == Type::kUnknown || wanted == Type::kUnknown)
    return expression;
  if (expression->kind == Expression::Kind::kLiteral && expression->literal.is_null()) {
    return make_literal(wanted == Type::kString ? Scalar::of(std::string()) : Scalar::null(wanted),
                        expression->span);
  }
  const std::string_view name = cast_function(wanted);
  const FunctionDef* const cast = FunctionRegistry::built_in().scalar(name);
  QUARRY_ASSERT(cast != nullptr, "every type has its cast function");
  const Argument argument = argument_of(expression);
  if (cast->resolve != nullptr) {
    const auto resolved = cast->resolve({&argument, 1});
    QUARRY_ASSERT(resolved.has_value(),
                  "a cast function takes every type that converts implicitly");
    return call_or_fold(std::string(name), resolved->kernel, {expression}, expression->span, run);
  }
  const Overload* const overload = choose(cast->overloads, {&argument, 1});
  QUARRY_ASSERT(overload != nullptr && overload->params[0] == expression->type,
                "a cast function takes every type that converts implicitly");
  return call_or_fold(std::string(name), overload->kernel, {expression}, expression->span, run);
}

ExpressionPtr call_or_fold(std::string name, const ScalarKernel& kernel,
                           std::vector<ExpressionPtr> arguments, SourceSpan span,
                           const RunContext& run) {
  const bool constant =
      kernel.constant_foldable &&
      std::all_of(arguments.begin(), arguments.end(), [](const ExpressionPtr& argument) {
        return argument->kind == Expression::Kind::kLiteral;
      });
  if (!constant) return make_call(std::move(name), kernel, std::move(arguments), span);
  std::vector<const Scalar*> constants;
  std::vector<Column> columns;
  for (const ExpressionPtr& argument : arguments) {
    constants.push_back(&argument->literal);
    columns.push_back(argument->literal.as_column(1));
  }
  std::unique_ptr<KernelState> state;
  if (kernel.prepare != nullptr) {
    auto prepared = kernel.prepare(run, constants);
    if (!prepared)
      return make_call(std::move(name), kernel, std::move(arguments),
                       span);  // the binder reports it
    state = std::move(*prepared);
  }
  KernelCall call{run, state.get(), columns, 1};
  return make_literal(Scalar::from(kernel.run(call), 0), span);
}

std::string wrong_arity(std::span<const Param> params, std::size_t given) {
  if (params.empty()) return {};  // an internal function: whoever calls it knows
  const bool endless = params.back().repeats;
  const auto least = static_cast<std::size_t>(std::count_if(
      params.begin(), params.end(), [](const Param& param) { return !param.optional; }));
  if (given >= least && (endless || given <= params.size())) return {};
  if (endless) return fmt::format("at least {} argument{}", least, least == 1 ? "" : "s");
  if (least == params.size()) return fmt::format("{} argument{}", least, least == 1 ? "" : "s");
  return fmt::format("{} to {} arguments", least, params.size());
}

std::string type_list(std::span<const Argument> arguments) {
  std::string text = "(";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) text += ", ";
    text += name_of(arguments[i].type);
  }
  return text + ")";
}

}  // namespace quarry::kql
