// Plan nodes that turn a graph into rows: graph-match, graph-shortest-paths, graph-to-table.
#pragma once

#include "common/kql/exec/graph_match.h"
#include "common/kql/operators/nodes/graph_node.h"

#include <optional>

namespace quarry::kql {

class Binder;

/// The columns of one node (or edge) of a pattern: its properties and what every node has.
struct GraphElement {
  std::vector<BoundColumn> properties;  // with ids of their own
  std::vector<ColumnId> origins;        // of each: the graph's column
  std::vector<BoundColumn> extras;      // of nodes: as exec::GraphColumns counts them

  /// `key_type` kUnknown: an edge, without extras.
  static GraphElement of(Binder& binder, const std::vector<BoundColumn>& columns, Type key_type);
  bool has(ColumnId id) const;
};

/// A value made of all edges of an edge variable, or of all nodes between them.
struct MatchFold {
  BoundColumn column;
  exec::MatchColumn::Kind kind = exec::MatchColumn::Kind::kMap;
  std::size_t variable = 0;
  bool inner_nodes = false;
  ExpressionPtr inner;  // over the element's columns, and columns of the match
};

/// Output column i is output[i], over the elements' columns and the folds.
struct GraphMatchNode final : CustomNode {
  std::vector<GraphElement> node_elements;   // of each node variable
  std::vector<GraphElement> edge_elements;   // of each edge variable
  std::vector<GraphElement> inner_elements;  // of each edge variable: the nodes between its edges
  std::vector<exec::PatternSequence> sequences;
  exec::Cycles cycles = exec::Cycles::kUniqueEdges;
  std::optional<exec::ShortestPaths> shortest;
  std::vector<ExpressionPtr> node_filters;  // null: none
  std::vector<ExpressionPtr> edge_filters;
  std::vector<ExpressionPtr> inner_filters;
  std::vector<MatchFold> folds;
  ExpressionPtr predicate;  // null: none
  std::vector<ExpressionPtr> output;

  std::string describe() const override;
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  Result<plan::Stream> build(plan::Builder& builder) const override;

 private:
  exec::GraphPattern pattern(const plan::Builder& builder, const GraphNode& graph) const;
};

/// Output: properties of the graph's nodes or edges, and its key columns.
struct GraphTableNode final : CustomNode {
  exec::GraphTable::What what = exec::GraphTable::What::kNodes;
  std::size_t keys = 0;           // the last columns: the ids of nodes; source and target of edges
  std::vector<ColumnId> origins;  // of the columns before them: the graph's column

  std::string describe() const override {
    return what == exec::GraphTable::What::kNodes ? "graph-to-table nodes" : "graph-to-table edges";
  }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
