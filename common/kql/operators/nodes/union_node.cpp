#include "common/kql/operators/nodes/union_node.h"

#include "common/kql/exec/project.h"
#include "common/kql/plan/builder.h"

namespace quarry::kql {

std::vector<ColumnSet> UnionNode::required(const ColumnSet& needed) {
  std::vector<BoundColumn> kept;
  std::vector<std::vector<ExpressionPtr>> kept_expressions(inputs.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!needed.contains(columns[i].id)) continue;
    kept.push_back(columns[i]);
    for (std::size_t k = 0; k < inputs.size(); ++k)
      kept_expressions[k].push_back(expressions[k][i]);
  }
  columns = std::move(kept);
  expressions = std::move(kept_expressions);
  std::vector<ColumnSet> below(inputs.size());
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    for (const ExpressionPtr& expression : expressions[k]) collect_columns(*expression, below[k]);
  }
  return below;
}

std::vector<ExpressionPtr> UnionNode::filters_below(const ExpressionPtr& conjunct) const {
  std::vector<ExpressionPtr> below;
  for (const std::vector<ExpressionPtr>& leg : expressions) {
    Substitution in_leg;
    for (std::size_t i = 0; i < columns.size(); ++i) in_leg[columns[i].id] = leg[i];
    below.push_back(substitute(conjunct, in_leg));
  }
  return below;
}

Result<plan::Stream> UnionNode::build(plan::Builder& builder) const {
  plan::Stream all;
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    QUARRY_TRY(plan::Stream leg, builder.build(*inputs[k]));
    leg.add(std::make_shared<exec::Project>(builder.compile(expressions[k], inputs[k]->columns)));
    for (exec::Leg& each : leg.legs) all.legs.push_back(std::move(each));
  }
  return all;
}

Result<plan::Stream> LimitNode::build(plan::Builder& builder) const {
  QUARRY_TRY(plan::Stream stream, builder.build(*inputs[0]));
  stream.add(std::make_shared<exec::Limit>(count));
  return stream;
}

}  // namespace quarry::kql
