// Plan node of scan.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/match_steps.h"

namespace quarry::kql {

/// Output: the input's columns, the declared ones, the match's number.
struct StepsNode final : CustomNode {
  struct Step {
    ExpressionPtr condition;
    std::vector<ExpressionPtr> values;  // for each declared column; null: its default
    std::vector<BoundColumn>
        record;  // what `Step.Column` reads: the input's columns, the declared ones
    exec::StepOutput output = exec::StepOutput::kAll;
  };
  std::vector<Step> steps;
  std::vector<BoundColumn>
      input_columns;  // as they were bound: record[i] of a step is input_columns[i]
  std::vector<BoundColumn> declared;
  std::vector<Scalar> defaults;
  std::vector<ExpressionPtr> partition;
  std::vector<BoundColumn> match_id;  // one, or none

  void update_columns();

  std::string describe() const override {
    return "scan with " + std::to_string(steps.size()) + " steps";
  }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override { update_columns(); }
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
