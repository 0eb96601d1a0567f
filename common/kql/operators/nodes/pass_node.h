// Plan nodes that change nothing but say something about the rows: a name (as), how to draw them
// (render).
#pragma once

#include "common/kql/bound/plan_node.h"

namespace quarry::kql {

/// Rows, columns and ids of the input.
struct PassNode : CustomNode {
  std::vector<ColumnSet> required(const ColumnSet& needed) override { return {needed}; }
  void inputs_pruned() override { columns = inputs[0]->columns; }
  bool filter_passes(std::size_t) const override { return true; }
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

/// T | as Name
struct AsNode final : PassNode {
  std::string name;
  std::string describe() const override { return "as " + name; }
};

/// T | render Chart with (…)
struct RenderNode final : PassNode {
  std::string chart;
  std::vector<std::pair<std::string, std::string>> properties;
  std::string describe() const override { return "render " + chart; }
};

}  // namespace quarry::kql
