// Plan node of partition: a plan that runs once for every group of rows with the same key.
#pragma once

#include "common/kql/operators/nodes/apply_node.h"

namespace quarry::kql {

/// Output: the rows of the plan, group after group, in order of the groups' first appearance.
struct PartitionNode final : CustomNode {
  PlanNodePtr per_group;
  RowHoleNode* hole = nullptr;  // inside per_group
  BoundColumn key;              // of the input
  bool is_planned = false;

  std::string describe() const override {
    return "partition by " + key.name + ", a plan for every group";
  }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
