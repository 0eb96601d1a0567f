// range.cpp — KQL: range Column from Start to End step Step
#include "common/kql/exec/range.h"

#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/operator.h"
#include "common/kql/plan/builder.h"

#include <fmt/format.h>

#include <cmath>

namespace quarry::kql::operators {
namespace {

struct RangeSyntax final : syntax::OperatorNode {
  syntax::Name* column = nullptr;
  syntax::Expression* from = nullptr;
  syntax::Expression* to = nullptr;
  syntax::Expression* step = nullptr;
};

syntax::OperatorNode* parse_range(syntax::Parser& parser) {
  auto* const node = parser.make<RangeSyntax>();
  node->column = parser.parse_name("a column name");
  if (parser.expect_keyword("from")) node->from = parser.parse_expression();
  if (node->from != nullptr && parser.expect_keyword("to")) node->to = parser.parse_expression();
  if (node->to != nullptr && parser.expect_keyword("step")) node->step = parser.parse_expression();
  return node;
}

struct RangeNode final : CustomNode {
  exec::RangePlan range;

  std::string describe() const override { return fmt::format("range of {} rows", range.rows); }
  std::vector<ColumnSet> required(const ColumnSet&) override { return {}; }
  Result<plan::Stream> build(plan::Builder&) const override {
    plan::Stream stream;
    stream.legs.push_back(exec::Leg{std::make_shared<exec::RangeSource>(range), {}});
    return stream;
  }
};

/// What the column and the step are converted to.
struct RangeTypes {
  Type column = Type::kUnknown;
  Type step = Type::kUnknown;
};

RangeTypes types_of(Type from, Type to, Type step) {
  const auto ends = common_type(from, to);
  if (ends == Type::kDatetime || ends == Type::kTimespan) return {*ends, Type::kTimespan};
  const auto all = ends ? common_type(*ends, step) : std::nullopt;
  if (!all || !is_numeric(*all)) return {};
  const Type column = *all == Type::kDecimal ? Type::kReal : *all;
  return {column, column};
}

std::int64_t integer_of(const Scalar& value) {
  switch (value.type()) {
    case Type::kInt:
      return value.get<std::int32_t>();
    case Type::kDatetime:
      return value.get<Datetime>().ticks;
    case Type::kTimespan:
      return value.get<Timespan>().ticks;
    default:
      return value.get<std::int64_t>();
  }
}

/// Rows from `start` to `end`, both included.
std::uint64_t integer_rows(std::int64_t start, std::int64_t end, std::int64_t step) {
  if (step == 0 || (step > 0 ? start > end : start < end)) return 0;
  const auto low = static_cast<std::uint64_t>(step > 0 ? start : end);
  const auto high = static_cast<std::uint64_t>(step > 0 ? end : start);
  const std::uint64_t width =
      step > 0 ? static_cast<std::uint64_t>(step) : ~static_cast<std::uint64_t>(step) + 1;
  const std::uint64_t steps = (high - low) / width;
  return steps == ~std::uint64_t{0} ? steps : steps + 1;
}

std::uint64_t real_rows(double start, double end, double step) {
  const double steps = std::floor((end - start) / step + 1e-9);  // 0 to 1 step 0.1 has 11 rows
  if (!(steps >= 0) || !(steps < 1e18)) return 0;
  return static_cast<std::uint64_t>(steps) + 1;
}

exec::RangePlan plan_of(Type type, const Scalar& from, const Scalar& to, const Scalar& step) {
  exec::RangePlan plan;
  plan.type = type;
  if (from.is_null() || to.is_null() || step.is_null()) return plan;
  if (type == Type::kReal) {
    plan.real_start = from.get<double>();
    plan.real_step = step.get<double>();
    plan.rows = real_rows(plan.real_start, to.get<double>(), plan.real_step);
  } else {
    plan.start = integer_of(from);
    plan.step = integer_of(step);
    plan.rows = integer_rows(plan.start, integer_of(to), plan.step);
  }
  return plan;
}

PlanNodePtr bind_range(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& range = static_cast<const RangeSyntax&>(node);
  if (range.step == nullptr) return nullptr;
  if (input != nullptr) {
    binder.error(node.keyword, "range begins a query: it has no input");
    return nullptr;
  }
  const syntax::Expression* const written[]{range.from, range.to, range.step};
  std::vector<ExpressionPtr> bound;
  for (const syntax::Expression* expression : written) {
    bound.push_back(binder.bind(*expression, RowScope::none()));
    if (bound.back()->type == Type::kUnknown) return nullptr;
  }
  const RangeTypes types = types_of(bound[0]->type, bound[1]->type, bound[2]->type);
  if (types.column == Type::kUnknown || !conversion_cost(bound[2]->type, types.step)) {
    binder.error(node.span, fmt::format("range cannot count from {} to {} in steps of {}",
                                        name_of(bound[0]->type), name_of(bound[1]->type),
                                        name_of(bound[2]->type)));
    return nullptr;
  }
  auto result = std::make_unique<RangeNode>();
  result->columns.push_back(binder.new_column(range.column->name, types.column));
  result->range.type = types.column;
  bool known = true;
  for (std::size_t i = 0; i < bound.size(); ++i) {
    bound[i] = convert(bound[i], i == 2 ? types.step : types.column, binder.run_context());
    if (bound[i]->kind == Expression::Kind::kLiteral) continue;
    known = false;
    if (binder.checking() && is_unknown_constant(*bound[i])) continue;
    binder.error(written[i]->span, "the ends and the step of range must be constants");
    return nullptr;
  }
  if (known)
    result->range = plan_of(types.column, bound[0]->literal, bound[1]->literal, bound[2]->literal);
  return result;
}

}  // namespace

extern constinit const OperatorDef kRange{
    .name = "range",
    .may_start = true,
    .summary = "Makes rows that count from one value to another; both ends are part of it.",
    .syntax = "range Column from Start to End step Step",
    .example = "range x from 1 to 7 step 3 | summarize sum(x)",
    .example_result = "12",
    .parse = parse_range,
    .bind = bind_range,
};

}  // namespace quarry::kql::operators
