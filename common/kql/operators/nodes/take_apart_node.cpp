#include "common/kql/operators/nodes/take_apart_node.h"

#include "common/kql/plan/builder.h"

namespace quarry::kql {

void TakeApartNode::update_columns() {
  columns = inputs[0]->columns;
  columns.insert(columns.end(), fields.begin(), fields.end());
  columns.push_back(fits);
}

std::vector<ColumnSet> TakeApartNode::required(const ColumnSet& needed) {
  ColumnSet below;
  for (const BoundColumn& column : inputs[0]->columns) {
    if (needed.contains(column.id)) below.insert(column.id);
  }
  collect_columns(*text, below);
  return {below};
}

Result<plan::Stream> TakeApartNode::build(plan::Builder& builder) const {
  QUARRY_TRY(plan::Stream stream, builder.build(*inputs[0]));
  std::visit(
      [&](const auto& each) {
        stream.add(
            std::make_shared<exec::TakeApart>(builder.compile(*text, inputs[0]->columns), each));
      },
      pattern);
  return stream;
}

}  // namespace quarry::kql
