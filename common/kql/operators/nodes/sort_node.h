// Plan node of sort and top.
#pragma once

#include "common/kql/bound/plan_node.h"

#include <optional>

namespace quarry::kql {

struct SortKeyColumn {
  BoundColumn column;  // a column of the input
  bool descending = true;
  bool nulls_first = false;
};

/// Output: the input's columns, ordered; with a limit the first so many rows.
struct SortNode final : CustomNode {
  std::vector<SortKeyColumn> keys;
  std::optional<std::uint64_t> limit;

  std::string describe() const override;
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override { columns = inputs[0]->columns; }
  bool filter_passes(std::size_t) const override { return !limit.has_value(); }
  std::optional<FirstRows> first_rows() const override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
