// count.cpp — KQL: count [as Name]
#include "common/base/assert.h"
#include "common/kql/functions/registry.h"
#include "common/kql/operators/nodes/aggregate_node.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct CountSyntax final : syntax::OperatorNode {
  std::string column = "Count";
};

syntax::OperatorNode* parse_count(syntax::Parser& parser) {
  auto* const node = parser.make<CountSyntax>();
  if (parser.accept_keyword("as")) node->column = parser.parse_name("a name for the count")->name;
  return node;
}

PlanNodePtr bind_count(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const AggregateDef* const count = FunctionRegistry::built_in().aggregate("count").def;
  QUARRY_ASSERT(count != nullptr && count->resolve != nullptr, "count() is an aggregate");
  const auto resolved = count->resolve({});
  QUARRY_ASSERT(resolved.has_value(), "count() takes no argument");
  auto aggregate = std::make_unique<AggregateNode>();
  aggregate->one_row_when_empty = true;
  AggregateItem item;
  item.name = "count";
  item.kernel = resolved->kernel;
  item.results.push_back(
      binder.new_column(static_cast<const CountSyntax&>(node).column, Type::kLong));
  aggregate->items.push_back(std::move(item));
  aggregate->update_columns();
  aggregate->inputs.push_back(std::move(input));
  return aggregate;
}

}  // namespace

extern constinit const OperatorDef kCount{
    .name = "count",
    .summary = "Counts the rows of the input.",
    .syntax = "count [as Name]",
    .example = "range x from 1 to 5 step 1 | count",
    .example_result = "5",
    .parse = parse_count,
    .bind = bind_count,
};

}  // namespace quarry::kql::operators
