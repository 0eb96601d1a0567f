// Plan node of everything that groups rows: summarize, distinct, count, top-nested and the like.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/kernel/aggregate.h"

namespace quarry::kql {

/// One aggregate call; its results are `results`, in the order of the kernel's finish.
struct AggregateItem {
  std::string name;  // for explain
  AggregateKernel kernel;
  std::vector<ExpressionPtr> arguments;
  ExpressionPtr predicate;  // null: none
  std::vector<BoundColumn> results;
};

/// Output: the keys, then the results of every item.
struct AggregateNode final : CustomNode {
  std::vector<BoundColumn> key_columns;
  std::vector<ExpressionPtr> keys;
  std::vector<AggregateItem> items;
  bool one_row_when_empty = false;

  /// Sets `columns` from keys and items.
  void update_columns();

  std::string describe() const override;
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  /// A filter can only read keys by ids that are there below too.
  bool filter_passes(std::size_t) const override { return !keys.empty(); }
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
