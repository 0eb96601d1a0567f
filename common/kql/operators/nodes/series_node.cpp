#include "common/kql/operators/nodes/series_node.h"

#include "common/kql/plan/builder.h"

namespace quarry::kql {

std::vector<ColumnSet> SeriesNode::required(const ColumnSet&) {
  ColumnSet all;
  for (const BoundColumn& column : inputs[0]->columns) all.insert(column.id);
  return {all};
}

Result<plan::Stream> SeriesNode::build(plan::Builder& builder) const {
  exec::SeriesPlan full = plan;
  full.types = plan::types_of(inputs[0]->columns);
  full.axis_element = builder.compile(*axis_element, {place});
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  const auto sink = std::make_shared<exec::Series>(std::move(full));
  builder.run_before(std::move(input), sink);
  return plan::Builder::from_batches(sink->batches());
}

}  // namespace quarry::kql
