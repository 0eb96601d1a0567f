// graph-mark-components: numbers the connected components of a graph, by their first node.
#pragma once

#include "common/kql/exec/graph.h"

namespace quarry::exec {

enum class ComponentKind : std::uint8_t { kWeak, kStrong };

/// Component of each node, numbered from 0 in order of their first nodes. Weak: whatever the
/// direction of edges.
std::vector<std::uint32_t> weak_components(const Graph& graph);
/// Strong: nodes that reach each other. Tarjan's algorithm with a stack of its own, so any depth is
/// fine.
std::vector<std::uint32_t> strong_components(const Graph& graph);

/// Adds the component (long) as the last property of nodes.
class GraphMark final : public GraphStep {
 public:
  GraphMark(ComponentKind kind, std::size_t properties, GraphSlot from, GraphSlot to)
      : kind_(kind), properties_(properties), from_(std::move(from)), to_(std::move(to)) {}
  Result<void> finish(const ExecContext& context) override;

 private:
  ComponentKind kind_;
  std::size_t properties_;  // of nodes, before
  GraphSlot from_;
  GraphSlot to_;
};

}  // namespace quarry::exec
