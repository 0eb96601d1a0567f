#include "common/kql/operators/nodes/expand_node.h"

#include "common/kql/plan/builder.h"

namespace quarry::kql {

void ExpandNode::update_columns() {
  columns = inputs[0]->columns;
  columns.insert(columns.end(), results.begin(), results.end());
  if (index) columns.push_back(*index);
}

std::string ExpandNode::describe() const {
  std::string text = "mv-expand";
  for (std::size_t i = 0; i < values.size(); ++i)
    text += (i > 0 ? ", " : " ") + to_text(*values[i]);
  return text;
}

std::vector<ColumnSet> ExpandNode::required(const ColumnSet& needed) {
  ColumnSet below;
  for (const BoundColumn& column : inputs[0]->columns) {
    if (needed.contains(column.id)) below.insert(column.id);
  }
  for (const ExpressionPtr& value : values) collect_columns(*value, below);
  return {below};
}

Result<plan::Stream> ExpandNode::build(plan::Builder& builder) const {
  exec::ExpandPlan plan;
  plan.values = builder.compile(values, inputs[0]->columns);
  plan.form = form;
  plan.with_index = index.has_value();
  if (limit) plan.limit = *limit;
  QUARRY_TRY(plan::Stream stream, builder.build(*inputs[0]));
  stream.add(std::make_shared<exec::Expand>(std::move(plan)));
  return stream;
}

}  // namespace quarry::kql
