// graph_shortest_paths.cpp — KQL: graph-shortest-paths [output=any | all] Pattern [where Predicate]
// project …
//
// The predicate's parts about single nodes and edges (and all() of a path) decide which paths there
// are; others choose among the shortest ones afterwards.
#include "common/kql/operators/graph_pattern.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

syntax::OperatorNode* parse_paths(syntax::Parser& parser) {
  auto* const node = parser.make<GraphMatchSyntax>();
  node->parameters = parse_named_parameters(parser, {"output"});
  parse_graph_match(parser, *node);
  return node;
}

PlanNodePtr bind_paths(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& match = static_cast<const GraphMatchSyntax&>(node);
  const auto output = parameter_choice(binder, match.parameters, "output", {"any", "all"});
  if (match.sequences.size() != 1) {
    binder.error(match.keyword, "graph-shortest-paths takes one sequence of nodes and edges");
    return nullptr;
  }
  const auto& edges = match.sequences[0].edges;
  if (std::none_of(edges.begin(), edges.end(),
                   [](const EdgeSyntax& edge) { return edge.ranged; })) {
    binder.error(match.keyword, "graph-shortest-paths needs an edge of variable length",
                 "(a)-[path*1..5]->(b)");
    return nullptr;
  }
  auto result = bind_graph_match(binder, match, std::move(input));
  if (result == nullptr) return nullptr;
  result->shortest = output == "all" ? exec::ShortestPaths::kAll : exec::ShortestPaths::kAny;
  return result;
}

}  // namespace

extern constinit const OperatorDef kGraphShortestPaths{
    .name = "graph-shortest-paths",
    .summary =
        "The shortest paths of a graph between nodes: one for each pair, or all of the least "
        "length.",
    .syntax =
        "graph-shortest-paths [output=any | all] (a)-[path*1..5]->(b) [where Predicate] project "
        "Name = Expression, …",
    .example =
        "datatable(a:string, b:string)['x', 'y', 'y', 'z', 'x', 'z'] | make-graph a --> b "
        "with_node_id=id"
        " | graph-shortest-paths (s)-[p*1..3]->(t) where s.id == 'x' and t.id == 'z' project "
        "array_length(p.a)",
    .example_result = "1",
    .parse = parse_paths,
    .bind = bind_paths,
};

}  // namespace quarry::kql::operators
