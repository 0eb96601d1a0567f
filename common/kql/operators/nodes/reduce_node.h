// Plan node of reduce.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/reduce.h"

namespace quarry::kql {

/// The input's last column is the text. Output: Pattern, Count, Representative; or the input's
/// other columns and Pattern.
struct ReduceNode final : CustomNode {
  exec::ReduceRules rules;
  exec::ReduceOutput output = exec::ReduceOutput::kClusters;
  BoundColumn text;
  BoundColumn pattern;

  std::string describe() const override { return "reduce by " + text.name; }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
