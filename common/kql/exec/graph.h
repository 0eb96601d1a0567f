// A property graph in memory: nodes and edges as batches, the edges of each node as index ranges.
// Built by the last of the pipelines that bring in the tables, changed by further steps, read by
// what searches it. Up to 2^32 - 1 nodes and edges.
#pragma once

#include "common/kql/exec/collect.h"
#include "common/kql/exec/expression.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace quarry::exec {

/// Columns that every graph has behind its properties.
struct GraphColumns {
  static constexpr std::size_t kDegreeIn = 0;   // nodes: long
  static constexpr std::size_t kDegreeOut = 1;  // nodes: long
  static constexpr std::size_t kKey = 2;        // nodes: the id, of its own type
  static constexpr std::size_t kNodeExtras = 3;
  static constexpr std::size_t kSource = 0;  // edges: the id of the node where it begins
  static constexpr std::size_t kTarget = 1;  // edges: … and ends
  static constexpr std::size_t kEdgeExtras = 2;
};

class Graph {
 public:
  Batch nodes;  // properties, then the extras
  Batch edges;
  std::vector<std::uint32_t> source;  // of each edge, a node
  std::vector<std::uint32_t> target;

  std::size_t node_count() const { return nodes.rows(); }
  std::size_t edge_count() const { return edges.rows(); }
  std::span<const std::uint32_t> outgoing(std::uint32_t node) const {
    return range(out_begin_, out_, node);
  }
  std::span<const std::uint32_t> incoming(std::uint32_t node) const {
    return range(in_begin_, in_, node);
  }

  /// Fills the ranges and the degrees, after `nodes` (without degrees: `properties` columns and the
  /// key), `edges`, `source` and `target`.
  void link(std::size_t properties);
  std::size_t memory() const;

 private:
  static std::span<const std::uint32_t> range(const std::vector<std::uint32_t>& begin,
                                              const std::vector<std::uint32_t>& all,
                                              std::uint32_t node) {
    return std::span(all).subspan(begin[node], begin[node + 1] - begin[node]);
  }

  std::vector<std::uint32_t> out_begin_;  // one more than nodes
  std::vector<std::uint32_t> out_;        // edges, in their order
  std::vector<std::uint32_t> in_begin_;
  std::vector<std::uint32_t> in_;
};

/// Filled while pipelines run, before those that read it.
using GraphSlot = std::shared_ptr<Graph>;

/// A table of nodes, and where its columns go.
struct NodeTable {
  std::shared_ptr<const std::vector<Batch>> batches;
  std::vector<Type> types;
  std::size_t key = 0;                   // its id column
  std::vector<std::size_t> property_of;  // of each column
};

struct GraphPlan {
  std::vector<NodeTable> tables;
  std::vector<Type> properties;  // of nodes
  std::vector<bool> is_key;      // a property that holds the id of nodes that no table has
  std::vector<Type> edge_types;
  std::size_t source = 0;  // columns of the edges; both of the type of the keys
  std::size_t target = 0;
};

/// Sink of the pipeline of edges; the pipelines of the node tables have run.
class GraphBuild final : public Sink {
 public:
  GraphBuild(GraphPlan plan, GraphSlot graph) : plan_(std::move(plan)), graph_(std::move(graph)) {}
  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override {
    return rows_.make_state(context);
  }
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override {
    return rows_.push(state, batch, first);
  }
  Result<void> combine(SinkState& state) override { return rows_.combine(state); }
  Result<void> finish(const ExecContext& context) override;

 private:
  GraphPlan plan_;
  GraphSlot graph_;
  Collect rows_;
  std::vector<MemoryShare> shares_;
};

/// A step over graphs alone: a pipeline without rows whose work is done at its end.
class GraphStep : public Sink {
 public:
  Result<std::unique_ptr<SinkState>> make_state(const ExecContext&) override {
    return std::make_unique<SinkState>();
  }
  Result<Flow> push(SinkState&, const Batch&, kql::RowOrder) override { return Flow::kDone; }
  Result<void> combine(SinkState&) override { return {}; }
};

/// The nodes or edges for which a predicate over their columns is true. Edges go with their nodes.
class GraphFilter final : public GraphStep {
 public:
  enum class What : std::uint8_t { kNodes, kEdges };
  GraphFilter(What what, Expression predicate, std::size_t properties, GraphSlot from, GraphSlot to)
      : what_(what),
        predicate_(std::move(predicate)),
        properties_(properties),
        from_(std::move(from)),
        to_(std::move(to)) {}
  Result<void> finish(const ExecContext& context) override;

 private:
  What what_;
  Expression predicate_;
  std::size_t properties_;  // of nodes
  GraphSlot from_;
  GraphSlot to_;
};

/// Rows of a predicate's batch where it is true, as one byte each.
Result<std::vector<std::uint8_t>> rows_where(const Expression& predicate, const Batch& batch,
                                             const ExecContext& context);

}  // namespace quarry::exec
