// Plan nodes of mv-apply: a plan that runs once for every row, and the place in it where that row
// comes in. partition does the same with groups of rows.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/apply.h"
#include "common/kql/plan/builder.h"

namespace quarry::kql {

/// The row (or rows) at hand, inside the plan of an ApplyNode.
struct RowHoleNode final : CustomNode {
  std::shared_ptr<std::vector<Batch>> slot = std::make_shared<std::vector<Batch>>();

  std::string describe() const override { return "one row"; }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

/// A plan as a program over the rows that `hole` stands for; `input` is the layout of the batches
/// that it will be given. Plan, hole and tables outlive it.
std::shared_ptr<const exec::RowProgram> make_program(const PlanNode& plan, const RowHoleNode& hole,
                                                     const std::vector<BoundColumn>& input,
                                                     plan::TableSource& tables);

/// Output: the input's columns, those of the plan. The plan reads the input's columns by their ids,
/// through `hole`.
struct ApplyNode final : CustomNode {
  PlanNodePtr per_row;
  RowHoleNode* hole = nullptr;  // inside per_row
  bool is_planned = false;

  /// Sets `columns` from the input's and the plan's.
  void update_columns();

  std::string describe() const override { return "mv-apply, a plan for every row"; }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override { update_columns(); }
  bool filter_passes(std::size_t) const override { return true; }
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
