// Plan node of make-series, above the aggregation by key and step.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/series.h"

namespace quarry::kql {

/// The input holds keys, the place on the axis, values (dynamic). Output: keys (by their ids),
/// arrays, the axis.
struct SeriesNode final : CustomNode {
  exec::SeriesPlan plan;       // without types and axis_element
  BoundColumn place;           // the input's column
  ExpressionPtr axis_element;  // `place` as dynamic

  std::string describe() const override {
    return "make-series of " + std::to_string(plan.defaults.size());
  }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
