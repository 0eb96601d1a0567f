// The graph algorithms against slow, obvious ones, on small random graphs.
#include "common/kql/exec/graph_components.h"
#include "common/kql/exec/graph_match.h"
#include "common/kql/exec/graph_search.h"
#include "common/value/builder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

using namespace quarry;
using namespace quarry::exec;

namespace {

using Path = std::vector<std::uint32_t>;  // start, then edges

/// Nodes 0 … n-1; edges have their number as a dynamic property.
Graph random_graph(std::mt19937& random, std::uint64_t nodes, std::uint64_t edges) {
  Graph graph;
  ColumnBuilder<Type::kLong> keys;
  for (std::uint64_t node = 0; node < nodes; ++node) keys.append(static_cast<std::int64_t>(node));
  graph.nodes = Batch({keys.finish()}, nodes);
  ColumnBuilder<Type::kDynamic> numbers;
  for (std::uint64_t edge = 0; edge < edges; ++edge) {
    numbers.append_copy(std::to_string(edge));
    graph.source.push_back(static_cast<std::uint32_t>(random() % nodes));
    graph.target.push_back(static_cast<std::uint32_t>(random() % nodes));
  }
  graph.edges = Batch({numbers.finish()}, edges);
  graph.link(0);
  return graph;
}

/// (s)-[e*least..most]->(t), giving s and the numbers of the edges.
GraphPattern one_path(std::uint32_t least, std::uint32_t most, Cycles cycles) {
  GraphPattern pattern;
  pattern.node_variables = 2;
  pattern.edge_variables = 1;
  pattern.cycles = cycles;
  pattern.sequences.push_back({0, {{0, 1, EdgeDirection::kRight, true, least, most}}});
  pattern.node_filters.resize(2);
  pattern.edge_filters.resize(1);
  pattern.inner_filters.resize(1);
  pattern.columns.resize(2);
  pattern.columns[0] = {
      MatchColumn::Kind::kNode, 0, GraphColumns::kKey, false, {}, {}, Type::kLong};
  pattern.columns[1] = {
      MatchColumn::Kind::kMap, 0, 0, false, Expression::of_column(0, Type::kDynamic), {},
      Type::kDynamic};
  pattern.in_predicate = {false, false};
  pattern.output = {Expression::of_column(0, Type::kLong),
                    Expression::of_column(1, Type::kDynamic)};
  pattern.output_types = {Type::kLong, Type::kDynamic};
  return pattern;
}

std::multiset<std::string> rows_of(MatchRows& rows) {
  std::multiset<std::string> all;
  for (const Batch& batch : rows.rows()) {
    const Cells<Type::kLong> starts(batch.column(0));
    const Cells<Type::kDynamic> paths(batch.column(1));
    for (std::size_t i = 0; i < batch.rows(); ++i)
      all.insert(std::to_string(starts[i]) + std::string(paths[i].json.view()));
  }
  return all;
}

std::string shown(std::uint32_t start, const Path& edges) {
  std::string text = std::to_string(start) + "[";
  for (std::size_t i = 0; i < edges.size(); ++i)
    text += (i > 0 ? "," : "") + std::to_string(edges[i]);
  return text + "]";
}

/// Every walk along the arrows that uses an edge once, or without regard to that.
void walk(const Graph& graph, std::uint32_t start, std::uint32_t at, Path& edges,
          std::uint32_t least, std::uint32_t most, bool again, std::multiset<std::string>& out) {
  if (edges.size() >= least) out.insert(shown(start, edges));
  if (edges.size() >= most) return;
  for (std::uint32_t edge = 0; edge < graph.edge_count(); ++edge) {
    if (graph.source[edge] != at ||
        (!again && std::find(edges.begin(), edges.end(), edge) != edges.end()))
      continue;
    edges.push_back(edge);
    walk(graph, start, graph.target[edge], edges, least, most, again, out);
    edges.pop_back();
  }
}

std::vector<std::vector<bool>> reachable(const Graph& graph) {
  const std::size_t count = graph.node_count();
  std::vector<std::vector<bool>> to(count, std::vector<bool>(count));
  for (std::size_t i = 0; i < count; ++i) to[i][i] = true;
  for (std::size_t round = 0; round < count; ++round) {
    for (std::size_t edge = 0; edge < graph.edge_count(); ++edge) {
      for (std::size_t from = 0; from < count; ++from) {
        if (to[from][graph.source[edge]]) to[from][graph.target[edge]] = true;
      }
    }
  }
  return to;
}

}  // namespace

TEST_CASE("graph search finds every walk once") {
  std::mt19937 random(1);
  const ExecContext context;
  for (int round = 0; round < 200; ++round) {
    const Graph graph = random_graph(random, 1 + random() % 5, random() % 8);
    const auto least = static_cast<std::uint32_t>(random() % 3);
    const auto most = least + static_cast<std::uint32_t>(random() % 3);
    const bool again = random() % 2 == 0;
    const GraphPattern pattern = one_path(least, most, again ? Cycles::kAll : Cycles::kUniqueEdges);
    const auto filters = PatternFilters::make(pattern, graph, context);
    auto rows = MatchRows::make(pattern, graph, context);
    REQUIRE(search_graph(pattern, graph, *filters, context, *rows).has_value());
    std::multiset<std::string> expected;
    for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
      Path edges;
      walk(graph, node, node, edges, least, most, again, expected);
    }
    CHECK(rows_of(*rows) == expected);
  }
}

TEST_CASE("shortest paths are the shortest walks between each pair of nodes") {
  std::mt19937 random(2);
  const ExecContext context;
  for (int round = 0; round < 200; ++round) {
    const Graph graph = random_graph(random, 1 + random() % 5, random() % 8);
    const auto most = 1 + static_cast<std::uint32_t>(random() % 4);
    const GraphPattern pattern = one_path(1, most, Cycles::kUniqueEdges);
    const auto filters = PatternFilters::make(pattern, graph, context);
    auto rows = MatchRows::make(pattern, graph, context);
    REQUIRE(
        search_paths(pattern, ShortestPaths::kAll, graph, *filters, context, *rows).has_value());
    std::multiset<std::string> expected;
    for (std::uint32_t from = 0; from < graph.node_count(); ++from) {
      std::set<std::uint32_t> reached;
      std::vector<std::pair<std::uint32_t, Path>> walks{{from, {}}};
      for (std::uint32_t length = 1; length <= most; ++length) {
        std::vector<std::pair<std::uint32_t, Path>> longer;
        for (const auto& [at, path] : walks) {
          for (std::uint32_t edge = 0; edge < graph.edge_count(); ++edge) {
            if (graph.source[edge] != at || std::find(path.begin(), path.end(), edge) != path.end())
              continue;
            longer.emplace_back(graph.target[edge], path);
            longer.back().second.push_back(edge);
          }
        }
        for (const auto& [at, path] : longer) {
          if (!reached.contains(at)) expected.insert(shown(from, path));
        }
        for (const auto& each : longer) reached.insert(each.first);
        walks = std::move(longer);
      }
    }
    CHECK(rows_of(*rows) == expected);
  }
}

TEST_CASE("components are nodes that reach each other, numbered by their first node") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const Graph graph = random_graph(random, 1 + random() % 7, random() % 10);
    const auto to = reachable(graph);
    const std::vector<std::uint32_t> strong = strong_components(graph);
    const std::vector<std::uint32_t> weak = weak_components(graph);
    std::uint32_t next = 0;
    for (std::uint32_t a = 0; a < graph.node_count(); ++a) {
      CHECK(strong[a] <= next);
      if (strong[a] == next) ++next;
      for (std::uint32_t b = 0; b < graph.node_count(); ++b)
        CHECK((strong[a] == strong[b]) == (to[a][b] && to[b][a]));
    }
    for (std::size_t edge = 0; edge < graph.edge_count(); ++edge)
      CHECK(weak[graph.source[edge]] == weak[graph.target[edge]]);
  }
}

TEST_CASE("a long chain needs no deep stack") {
  Graph graph;
  const std::uint32_t count = 200'000;
  ColumnBuilder<Type::kLong> keys;
  ColumnBuilder<Type::kDynamic> numbers;
  for (std::uint32_t node = 0; node <= count; ++node) keys.append(node);
  for (std::uint32_t edge = 0; edge < count; ++edge) {
    numbers.append_copy("0");
    graph.source.push_back(edge);
    graph.target.push_back(edge + 1);
  }
  graph.nodes = Batch({keys.finish()}, count + 1);
  graph.edges = Batch({numbers.finish()}, count);
  graph.link(0);
  CHECK(strong_components(graph).back() == count);
  const ExecContext context;
  const GraphPattern pattern = one_path(count, count, Cycles::kNone);
  auto filters = PatternFilters::make(pattern, graph, context);
  filters->nodes[0].assign(count + 1, 0);
  filters->nodes[0][0] = 1;  // only walks from the first node
  auto rows = MatchRows::make(pattern, graph, context);
  REQUIRE(search_graph(pattern, graph, *filters, context, *rows).has_value());
  CHECK(rows_of(*rows).size() == 1);
}
