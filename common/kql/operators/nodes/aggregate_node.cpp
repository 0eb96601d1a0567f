#include "common/kql/operators/nodes/aggregate_node.h"

#include "common/kql/exec/aggregate.h"
#include "common/kql/plan/builder.h"

#include <algorithm>

namespace quarry::kql {

void AggregateNode::update_columns() {
  columns = key_columns;
  for (const AggregateItem& item : items)
    columns.insert(columns.end(), item.results.begin(), item.results.end());
}

std::string AggregateNode::describe() const {
  std::string text = "aggregate";
  for (const AggregateItem& item : items) {
    text += " " + item.name + "(";
    for (std::size_t i = 0; i < item.arguments.size(); ++i)
      text += (i > 0 ? ", " : "") + to_text(*item.arguments[i]);
    text += ")";
  }
  for (std::size_t i = 0; i < keys.size(); ++i)
    text += (i == 0 ? " by " : ", ") + to_text(*keys[i]);
  return text;
}

std::vector<ColumnSet> AggregateNode::required(const ColumnSet& needed) {
  std::erase_if(items, [&](const AggregateItem& item) {
    return std::none_of(item.results.begin(), item.results.end(),
                        [&](const BoundColumn& column) { return needed.contains(column.id); });
  });
  update_columns();
  ColumnSet below;
  for (const ExpressionPtr& key : keys) collect_columns(*key, below);
  for (const AggregateItem& item : items) {
    for (const ExpressionPtr& argument : item.arguments) collect_columns(*argument, below);
    if (item.predicate != nullptr) collect_columns(*item.predicate, below);
  }
  return {below};
}

Result<plan::Stream> AggregateNode::build(plan::Builder& builder) const {
  const std::vector<BoundColumn>& layout = inputs[0]->columns;
  exec::AggregatePlan plan;
  plan.keys = builder.compile(keys, layout);
  plan.one_row_when_empty = one_row_when_empty;
  for (const AggregateItem& item : items) {
    exec::AggregateStep step;
    step.kernel = item.kernel;
    step.arguments = builder.compile(item.arguments, layout);
    if (item.predicate != nullptr) step.predicate = builder.compile(*item.predicate, layout);
    plan.steps.push_back(std::move(step));
  }
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  const auto sink = std::make_shared<exec::Aggregate>(std::move(plan));
  builder.run_before(std::move(input), sink);
  return plan::Builder::from_rows(sink->rows());
}

}  // namespace quarry::kql
