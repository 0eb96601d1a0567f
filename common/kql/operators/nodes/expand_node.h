// Plan node of mv-expand and mv-apply.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/expand.h"

#include <optional>

namespace quarry::kql {

/// Output: the input's columns, one dynamic column for each value, the index where wanted.
struct ExpandNode final : CustomNode {
  std::vector<ExpressionPtr> values;
  std::vector<BoundColumn> results;
  std::optional<BoundColumn> index;
  exec::BagForm form = exec::BagForm::kBag;
  std::optional<std::uint64_t> limit;

  /// Sets `columns` from the input's and the results.
  void update_columns();

  std::string describe() const override;
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override { update_columns(); }
  bool filter_passes(std::size_t) const override { return true; }
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
