// graph_where.cpp — KQL: graph-where-nodes Predicate, graph-where-edges Predicate
//
// The graph without the nodes (and their edges) or the edges for which the predicate is not true.
#include "common/kql/exec/graph.h"
#include "common/kql/operators/nodes/graph_match_node.h"
#include "common/kql/operators/operator.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

using What = exec::GraphFilter::What;

struct GraphWhereSyntax final : syntax::OperatorNode {
  syntax::Expression* predicate = nullptr;
};

syntax::OperatorNode* parse_graph_where(syntax::Parser& parser) {
  auto* const node = parser.make<GraphWhereSyntax>();
  node->predicate = parser.parse_expression();
  return node;
}

/// node_degree_in() and the like, of the node at hand.
class NodeFunctions final : public ScopeExtension {
 public:
  explicit NodeFunctions(const std::vector<BoundColumn>& extras) : extras_(extras) {}
  ExpressionPtr member(const syntax::Name&, const syntax::Name&) override { return nullptr; }
  ExpressionPtr call(const syntax::Call& call) override {
    if (!call.arguments.empty() || extras_.empty()) return nullptr;
    if (call.name == "node_degree_in")
      return make_column(extras_[exec::GraphColumns::kDegreeIn], call.span);
    if (call.name == "node_degree_out")
      return make_column(extras_[exec::GraphColumns::kDegreeOut], call.span);
    if (call.name == "labels") return make_literal(Scalar::dynamic("[]"), call.span);
    return nullptr;
  }

 private:
  const std::vector<BoundColumn>& extras_;
};

PlanNodePtr bind_graph_where(Binder& binder, const GraphWhereSyntax& where, PlanNodePtr input,
                             What what) {
  const GraphNode* const graph = as_graph(*input);
  if (graph == nullptr) {
    binder.error(where.keyword, fmt::format("{} needs a graph", where.syntax->name),
                 "Edges | make-graph Source --> Target | …");
    return nullptr;
  }
  auto result = std::make_unique<GraphFilterNode>();
  result->what = what;
  if (what == What::kNodes) result->extras = GraphElement::of(binder, {}, graph->key_type).extras;
  NodeFunctions functions(result->extras);
  RowScope scope;
  scope.columns = what == What::kNodes ? &graph->node_columns : &graph->edge_columns;
  scope.extension = &functions;
  result->predicate = binder.bind_predicate(*where.predicate, scope);
  if (result->predicate->type == Type::kUnknown) return nullptr;
  result->node_columns = graph->node_columns;
  result->edge_columns = graph->edge_columns;
  result->key_type = graph->key_type;
  result->inputs.push_back(std::move(input));
  return result;
}

PlanNodePtr bind_where_nodes(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  return bind_graph_where(binder, static_cast<const GraphWhereSyntax&>(node), std::move(input),
                          What::kNodes);
}

PlanNodePtr bind_where_edges(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  return bind_graph_where(binder, static_cast<const GraphWhereSyntax&>(node), std::move(input),
                          What::kEdges);
}

}  // namespace

extern constinit const OperatorDef kGraphWhereNodes{
    .name = "graph-where-nodes",
    .summary = "The graph with only those nodes for which a predicate is true.",
    .syntax = "graph-where-nodes Predicate",
    .example =
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | "
        "graph-where-nodes id != 'z' | graph-to-table edges | count",
    .example_result = "1",
    .parse = parse_graph_where,
    .bind = bind_where_nodes,
};

extern constinit const OperatorDef kGraphWhereEdges{
    .name = "graph-where-edges",
    .summary = "The graph with only those edges for which a predicate is true.",
    .syntax = "graph-where-edges Predicate",
    .example =
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | "
        "graph-where-edges b == 'z' | graph-to-table edges | project a",
    .example_result = "y",
    .parse = parse_graph_where,
    .bind = bind_where_edges,
};

}  // namespace quarry::kql::operators
