// Plan node of union: rows of all inputs, one input after another.
#pragma once

#include "common/kql/bound/plan_node.h"

namespace quarry::kql {

/// Output column i of input k is expressions[k][i], over that input's columns.
struct UnionNode final : CustomNode {
  std::vector<std::vector<ExpressionPtr>> expressions;

  std::string describe() const override { return "union of " + std::to_string(inputs.size()); }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  std::vector<ExpressionPtr> filters_below(const ExpressionPtr& conjunct) const override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

/// Plan node of take.
struct LimitNode final : CustomNode {
  std::uint64_t count = 0;

  std::string describe() const override { return "take " + std::to_string(count); }
  std::vector<ColumnSet> required(const ColumnSet& needed) override { return {needed}; }
  void inputs_pruned() override { columns = inputs[0]->columns; }
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
