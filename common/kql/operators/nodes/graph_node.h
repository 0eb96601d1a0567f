// Plan nodes whose result is a graph: make-graph, and what changes graphs. They have no rows; graph
// operators ask them to build.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/graph.h"
#include "common/kql/exec/graph_components.h"
#include "common/kql/plan/builder.h"

#include <memory>

namespace quarry::kql {

struct GraphNode : CustomNode {
  GraphNode() { is_graph = true; }
  std::vector<BoundColumn> node_columns;  // properties
  std::vector<BoundColumn> edge_columns;
  Type key_type = Type::kUnknown;  // of the ids of nodes

  /// Adds the pipelines that make the graph.
  virtual Result<exec::GraphSlot> build_graph(plan::Builder& builder) const = 0;
  /// A graph that is asked for rows: the query ends with it, or an operator for tables takes it.
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

/// inputs[0] are the edges, the others tables of nodes. Told to keep properties by their ids.
struct MakeGraphNode final : GraphNode {
  struct Property {
    bool is_key = false;                                 // holds the id of nodes that no table has
    std::vector<std::pair<std::size_t, ColumnId>> from;  // input, column
  };
  std::vector<Property> properties;  // of node_columns
  std::vector<ColumnId> keys;        // of each input from 1 on
  ColumnId source = 0;               // of the edges
  ColumnId target = 0;

  std::string describe() const override { return "make-graph"; }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override;
  Result<exec::GraphSlot> build_graph(plan::Builder& builder) const override;
};

/// graph-mark-components: one more property of nodes, the last.
struct GraphMarkNode final : GraphNode {
  exec::ComponentKind kind = exec::ComponentKind::kWeak;
  BoundColumn mark;

  std::string describe() const override { return "graph-mark-components"; }
  std::vector<ColumnSet> required(const ColumnSet& needed) override { return {needed}; }
  void inputs_pruned() override;
  Result<exec::GraphSlot> build_graph(plan::Builder& builder) const override;
};

/// graph-where-nodes, graph-where-edges.
struct GraphFilterNode final : GraphNode {
  exec::GraphFilter::What what = exec::GraphFilter::What::kNodes;
  ExpressionPtr predicate;  // over node_columns and the extras, or edge_columns
  std::vector<BoundColumn> extras;

  std::string describe() const override {
    return what == exec::GraphFilter::What::kNodes ? "graph-where-nodes" : "graph-where-edges";
  }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override;
  Result<exec::GraphSlot> build_graph(plan::Builder& builder) const override;
};

/// The node as a graph; null where it is none.
inline GraphNode* as_graph(PlanNode& node) { return dynamic_cast<GraphNode*>(&node); }

}  // namespace quarry::kql
