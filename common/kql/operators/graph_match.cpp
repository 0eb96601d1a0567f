// graph_match.cpp — KQL: graph-match [cycles=all | none | unique_edges] Pattern [where Predicate]
// project …
#include "common/kql/operators/graph_pattern.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

syntax::OperatorNode* parse_match(syntax::Parser& parser) {
  auto* const node = parser.make<GraphMatchSyntax>();
  node->parameters = parse_named_parameters(parser, {"cycles"});
  parse_graph_match(parser, *node);
  return node;
}

PlanNodePtr bind_match(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& match = static_cast<const GraphMatchSyntax&>(node);
  const auto cycles =
      parameter_choice(binder, match.parameters, "cycles", {"all", "none", "unique_edges"});
  auto result = bind_graph_match(binder, match, std::move(input));
  if (result == nullptr) return nullptr;
  if (cycles == "all") result->cycles = exec::Cycles::kAll;
  if (cycles == "none") result->cycles = exec::Cycles::kNone;
  return result;
}

}  // namespace

extern constinit const OperatorDef kGraphMatch{
    .name = "graph-match",
    .summary = "Every place of a graph that looks like a pattern of nodes and edges.",
    .syntax =
        "graph-match [cycles=all | none | unique_edges] (a)-[e]->(b)<-[p*1..3]-(c), … [where "
        "Predicate] project Name = Expression, …",
    .example =
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | "
        "graph-match (s)-->(m)-->(t) project m.id",
    .example_result = "y",
    .parse = parse_match,
    .bind = bind_match,
};

}  // namespace quarry::kql::operators
