// Plan node of join and lookup.
#pragma once

#include "common/kql/bound/plan_node.h"

namespace quarry::kql {

enum class JoinKind : std::uint8_t {
  kInnerUnique,
  kInner,
  kLeftOuter,
  kRightOuter,
  kFullOuter,
  kLeftSemi,
  kLeftAnti,
  kRightSemi,
  kRightAnti
};

/// inputs[0] is the left side, inputs[1] the right; left_keys[i] must equal right_keys[i] (same
/// types). `columns` holds ids of both sides (one side for semi and anti), with the names that the
/// result shows.
struct JoinNode final : CustomNode {
  JoinKind join = JoinKind::kInnerUnique;
  std::vector<ExpressionPtr> left_keys;
  std::vector<ExpressionPtr> right_keys;

  std::string describe() const override;
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  bool filter_passes(std::size_t input) const override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
