#include "common/kql/operators/nodes/partition_node.h"

#include "common/kql/exec/partition.h"
#include "common/kql/plan/optimize.h"

namespace quarry::kql {

std::vector<ColumnSet> PartitionNode::required(const ColumnSet&) {
  if (!is_planned) plan::optimize(per_group);
  is_planned = true;
  ColumnSet below{key.id};
  for (const BoundColumn& column : hole->columns) below.insert(column.id);
  return {below};
}

Result<plan::Stream> PartitionNode::build(plan::Builder& builder) const {
  const std::vector<BoundColumn>& layout = inputs[0]->columns;
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  const auto sink = std::make_shared<exec::Partition>(
      make_program(*per_group, *hole, layout, builder.tables()), plan::types_of(layout),
      plan::position_of(key.id, layout), plan::types_of(columns));
  builder.run_before(std::move(input), sink);
  return plan::Builder::from_rows(sink->rows());
}

}  // namespace quarry::kql
