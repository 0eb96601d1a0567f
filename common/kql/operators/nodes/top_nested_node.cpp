#include "common/kql/operators/nodes/top_nested_node.h"

#include "common/kql/exec/top_nested.h"
#include "common/kql/plan/builder.h"

namespace quarry::kql {

std::vector<ColumnSet> TopNestedNode::required(const ColumnSet&) {
  ColumnSet below;
  for (const Level& level : levels) {
    collect_columns(*level.key, below);
    for (const AggregateItem& item : level.items) {
      for (const ExpressionPtr& argument : item.arguments) collect_columns(*argument, below);
      if (item.predicate != nullptr) collect_columns(*item.predicate, below);
    }
  }
  return {below};
}

Result<plan::Stream> TopNestedNode::build(plan::Builder& builder) const {
  const std::vector<BoundColumn>& layout = inputs[0]->columns;
  std::vector<exec::TopNestedLevel> made;
  for (const Level& level : levels) {
    exec::TopNestedLevel run;
    run.key = builder.compile(*level.key, layout);
    std::vector<BoundColumn> results(2);  // group and key stand before
    for (const AggregateItem& item : level.items) {
      exec::AggregateStep step;
      step.kernel = item.kernel;
      step.arguments = builder.compile(item.arguments, layout);
      if (item.predicate != nullptr) step.predicate = builder.compile(*item.predicate, layout);
      for (const BoundColumn& column : item.results) {
        run.result_types.push_back(column.type);
        results.push_back(column);
      }
      run.steps.push_back(std::move(step));
    }
    run.value = builder.compile(*level.value, results);
    run.limit = level.limit;
    run.descending = level.descending;
    run.others = level.others;
    made.push_back(std::move(run));
  }
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  const auto sink = std::make_shared<exec::TopNested>(std::move(made), plan::types_of(layout));
  builder.run_before(std::move(input), sink);
  return plan::Builder::from_batches(sink->batches());
}

}  // namespace quarry::kql
