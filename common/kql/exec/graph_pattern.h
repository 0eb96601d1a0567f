// What graph-match and graph-shortest-paths look for: sequences of nodes and edges, filters on each
// of them, and expressions over whole matches. Names are gone: nodes and edges of the pattern are
// variables with numbers.
#pragma once

#include "common/kql/exec/graph.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace quarry::exec {

enum class EdgeDirection : std::uint8_t { kRight, kLeft, kAny };

/// From the node before it to the node `to`. Several edges in a row where there is a range.
struct PatternEdge {
  std::size_t variable = 0;  // of edges
  std::size_t to = 0;        // variable of nodes
  EdgeDirection direction = EdgeDirection::kRight;
  bool ranged = false;
  std::uint32_t least = 1;
  std::uint32_t most = 1;
};

struct PatternSequence {
  std::size_t start = 0;  // variable of nodes
  std::vector<PatternEdge> edges;
};

enum class Cycles : std::uint8_t {
  kAll,
  kUniqueEdges,  // an edge stands in a match once
  kNone          // and a node too
};

/// A column over matches. Folds look at every edge (or every node between edges) of an edge
/// variable.
struct MatchColumn {
  enum class Kind : std::uint8_t { kNode, kEdge, kMap, kAll, kAny };
  Kind kind = Kind::kNode;
  std::size_t variable = 0;
  std::size_t column = 0;    // kNode, kEdge: of the graph's nodes or edges
  bool inner_nodes = false;  // folds
  Expression inner;  // folds: over the elements' columns, then `outer` columns of the match;
                     // dynamic or bool
  std::vector<std::size_t> outer;  // match columns, before this one
  Type type = Type::kUnknown;
};

struct GraphPattern {
  std::size_t node_variables = 0;
  std::size_t edge_variables = 0;
  std::vector<PatternSequence> sequences;
  Cycles cycles = Cycles::kUniqueEdges;
  std::vector<std::optional<Expression>> node_filters;  // of each variable, over the graph's nodes
  std::vector<std::optional<Expression>>
      edge_filters;  // every edge of the variable, over the graph's edges
  std::vector<std::optional<Expression>> inner_filters;  // every node between edges of the variable
  std::vector<MatchColumn> columns;
  std::optional<Expression> predicate;  // over `columns`: what the filters cannot say
  std::vector<bool> in_predicate;       // the columns that it reads, directly or through others
  std::vector<Expression> output;       // over `columns`
  std::vector<Type> output_types;
};

/// Nodes and edges that pass their filters; empty: all do.
struct PatternFilters {
  std::vector<std::vector<std::uint8_t>> nodes;
  std::vector<std::vector<std::uint8_t>> edges;
  std::vector<std::vector<std::uint8_t>> inner;

  static Result<PatternFilters> make(const GraphPattern& pattern, const Graph& graph,
                                     const ExecContext& context);
  static bool passes(const std::vector<std::uint8_t>& filter, std::uint32_t element) {
    return filter.empty() || filter[element] != 0;
  }
};

/// Matches side by side.
struct Matches {
  /// Of one edge variable: edges and the nodes between them, match after match.
  struct Paths {
    std::vector<std::uint32_t> edges;
    std::vector<std::uint32_t> inner;
    std::vector<std::size_t> edges_end;  // of each match
    std::vector<std::size_t> inner_end;
  };
  std::size_t count = 0;
  std::vector<std::vector<std::uint32_t>> nodes;  // of each node variable
  std::vector<Paths> paths;                       // of each edge variable

  explicit Matches(const GraphPattern& pattern)
      : nodes(pattern.node_variables), paths(pattern.edge_variables) {}
  void clear();
};

/// Turns matches into rows: the predicate, then the output. Keeps the rows.
class MatchRows {
 public:
  static Result<MatchRows> make(const GraphPattern& pattern, const Graph& graph,
                                const ExecContext& context);
  /// Takes the matches over and clears them. Fails where the rows pass the memory limit.
  Result<void> add(Matches& matches);
  std::vector<Batch>& rows() { return rows_; }

 private:
  MatchRows(const GraphPattern& pattern, const Graph& graph, const ExecContext& context)
      : pattern_(&pattern), graph_(&graph), share_(context.memory) {}
  Batch columns_of(const Matches& matches, bool predicate_only);
  Column fold(const MatchColumn& column, std::size_t index, const Matches& matches,
              const Batch& before);

  const GraphPattern* pattern_;
  const Graph* graph_;
  std::vector<std::optional<Evaluator>> inner_;
  std::optional<Evaluator> predicate_;
  std::vector<Evaluator> output_;
  std::vector<Batch> rows_;
  MemoryShare share_;
  std::uint64_t bytes_ = 0;
};

}  // namespace quarry::exec
