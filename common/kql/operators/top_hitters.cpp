// top_hitters.cpp — KQL: top-hitters N of Expression [by Expression]
//
// Kusto estimates; here the counts are exact.
#include "common/kql/operators/aggregate_by.h"
#include "common/kql/operators/nodes/sort_node.h"
#include "common/kql/operators/operator.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct TopHittersSyntax final : syntax::OperatorNode {
  syntax::Expression* count = nullptr;
  syntax::Expression* value = nullptr;
  syntax::Call* amount = nullptr;  // count(), sum(Expression)
};

syntax::OperatorNode* parse_top_hitters(syntax::Parser& parser) {
  auto* const node = parser.make<TopHittersSyntax>();
  node->count = parser.parse_expression();
  node->amount = parser.make<syntax::Call>();
  node->amount->name = "count";
  if (parser.expect_keyword("of")) node->value = parser.parse_named_expression();
  if (parser.accept_keyword("by")) {
    node->amount->name = "sum";
    node->amount->arguments.push_back(parser.parse_expression());
    node->amount->span = node->amount->name_span = node->amount->arguments[0]->span;
  }
  return node;
}

PlanNodePtr bind_top_hitters(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& top = static_cast<const TopHittersSyntax&>(node);
  if (top.value == nullptr) return nullptr;
  const auto count = binder.constant(*top.count, Type::kLong, "the count of top-hitters");
  PlanNodePtr amounts =
      aggregate_by(binder, std::move(input), *top.value, *top.amount,
                   top.amount->name == "count" ? "approximate_count_" : "approximate_sum_");
  if (amounts == nullptr) return nullptr;
  auto sort = std::make_unique<SortNode>();
  sort->columns = amounts->columns;
  sort->limit =
      count && !count->is_null()
          ? static_cast<std::uint64_t>(std::max<std::int64_t>(count->get<std::int64_t>(), 0))
          : 0;
  sort->keys.push_back({amounts->columns[1], true, false});
  sort->inputs.push_back(std::move(amounts));
  return sort;
}

}  // namespace

extern constinit const OperatorDef kTopHitters{
    .name = "top-hitters",
    .summary = "The N values that are met most often, or have the greatest sum of something.",
    .syntax = "top-hitters N of Expression [by Expression]",
    .example = "datatable(a:string)['x', 'y', 'x'] | top-hitters 1 of a",
    .example_result = "x",
    .parse = parse_top_hitters,
    .bind = bind_top_hitters,
};

}  // namespace quarry::kql::operators
