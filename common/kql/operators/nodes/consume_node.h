// Plan node of consume.
#pragma once

#include "common/kql/bound/plan_node.h"

namespace quarry::kql {

/// No columns, no rows; the input runs to its end.
struct ConsumeNode final : CustomNode {
  bool all_columns = false;  // read them all, not only what the operators below need

  std::string describe() const override { return "consume"; }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
