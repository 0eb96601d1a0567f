// Plan node of top-nested.
#pragma once

#include "common/kql/operators/nodes/aggregate_node.h"

#include <optional>

namespace quarry::kql {

struct TopNestedNode final : CustomNode {
  struct Level {
    ExpressionPtr key;
    std::vector<AggregateItem> items;
    ExpressionPtr value;  // over the items' results
    std::optional<std::uint64_t> limit;
    bool descending = true;
    std::optional<Scalar> others;
  };
  std::vector<Level> levels;

  std::string describe() const override {
    return "top-nested of " + std::to_string(levels.size()) + " levels";
  }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
