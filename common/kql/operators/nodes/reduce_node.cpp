#include "common/kql/operators/nodes/reduce_node.h"

#include "common/kql/plan/builder.h"

namespace quarry::kql {

std::vector<ColumnSet> ReduceNode::required(const ColumnSet& needed) {
  ColumnSet below{text.id};
  if (output == exec::ReduceOutput::kRows) below.insert(needed.begin(), needed.end());
  return {below};
}

void ReduceNode::inputs_pruned() {
  if (output == exec::ReduceOutput::kClusters) return;
  columns = inputs[0]->columns;
  columns.back() = pattern;  // the text stands there, last
}

Result<plan::Stream> ReduceNode::build(plan::Builder& builder) const {
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  const auto sink =
      std::make_shared<exec::Reduce>(rules, output, plan::types_of(inputs[0]->columns));
  builder.run_before(std::move(input), sink);
  return plan::Builder::from_batches(sink->batches());
}

}  // namespace quarry::kql
