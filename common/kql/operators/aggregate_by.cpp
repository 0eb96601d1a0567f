#include "common/kql/operators/aggregate_by.h"

#include "common/kql/operators/column_names.h"
#include "common/kql/operators/grouping.h"

#include <fmt/format.h>

namespace quarry::kql::operators {

PlanNodePtr aggregate_by(Binder& binder, PlanNodePtr input, syntax::Expression& value,
                         const syntax::Expression& aggregate, std::string_view prefix) {
  const RowScope scope = RowScope::of(*input);
  std::vector<NamedValue> values = binder.bind_named_list({&value}, scope);
  if (values.empty() || values[0].value->type == Type::kUnknown) return nullptr;
  values.resize(1);
  AggregateCollector collector;
  collector.input = scope;
  AggregateCollector* const outer = binder.collect_aggregates(&collector);
  const ExpressionPtr amount = binder.bind(aggregate, RowScope::none());
  binder.collect_aggregates(outer);
  if (amount->type == Type::kUnknown) return nullptr;
  auto node = std::make_unique<AggregateNode>();
  node->span = value.span;
  add_keys(binder, *node, values);
  Substitution replaced;
  add_calls(*node, std::move(collector.calls), replaced);
  node->update_columns();
  node->inputs.push_back(std::move(input));
  const BoundColumn key = node->key_columns[0];
  return binder.project(
      std::move(node),
      {pass(key),
       {fmt::format("{}{}", prefix, key.name), substitute(amount, replaced), {}, false}});
}

}  // namespace quarry::kql::operators
