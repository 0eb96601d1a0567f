// The pattern of graph-match and graph-shortest-paths: how it is written, and what its names mean.
//
//   (a)-[e]->(b)<-[*1..3]-(c), (b)--()
#pragma once

#include "common/kql/operators/nodes/graph_match_node.h"
#include "common/kql/syntax/parser.h"

#include <optional>
#include <string_view>
#include <vector>

namespace quarry::kql::operators {

struct EdgeSyntax {
  syntax::Name* name = nullptr;  // null: without
  exec::EdgeDirection direction = exec::EdgeDirection::kAny;
  bool ranged = false;
  syntax::Expression* least = nullptr;
  syntax::Expression* most = nullptr;
  SourceSpan span;
};

struct SequenceSyntax {
  std::vector<syntax::Name*> nodes;  // null: without a name
  std::vector<EdgeSyntax> edges;     // between them
};

/// What graph-match and graph-shortest-paths have in common.
struct GraphMatchSyntax : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  std::vector<SequenceSyntax> sequences;
  syntax::Expression* predicate = nullptr;  // null: none
  std::vector<syntax::Expression*> output;
};

/// Pattern [where Predicate] project …, behind the parameters.
void parse_graph_match(syntax::Parser& parser, GraphMatchSyntax& match);

/// Binds everything into a node over the graph; null after an error.
std::unique_ptr<GraphMatchNode> bind_graph_match(Binder& binder, const GraphMatchSyntax& match,
                                                 PlanNodePtr graph);

}  // namespace quarry::kql::operators
