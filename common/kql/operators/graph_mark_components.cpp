// graph_mark_components.cpp — KQL: graph-mark-components [kind=weak | strong]
// [with_component_id=Name]
//
// Components are numbered in order of their first nodes.
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/graph_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

namespace quarry::kql::operators {
namespace {

struct GraphMarkSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
};

syntax::OperatorNode* parse_graph_mark(syntax::Parser& parser) {
  auto* const node = parser.make<GraphMarkSyntax>();
  node->parameters = parser.parse_parameters();
  return node;
}

PlanNodePtr bind_graph_mark(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& mark = static_cast<const GraphMarkSyntax&>(node);
  check_parameters(binder, mark.parameters, {"kind", "with_component_id"});
  const auto kind = parameter_choice(binder, mark.parameters, "kind", {"weak", "strong"});
  const GraphNode* const graph = as_graph(*input);
  if (graph == nullptr) {
    binder.error(node.keyword, "graph-mark-components needs a graph",
                 "Edges | make-graph Source --> Target | …");
    return nullptr;
  }
  auto result = std::make_unique<GraphMarkNode>();
  if (kind == "strong") result->kind = exec::ComponentKind::kStrong;
  const auto* const name = find_parameter(mark.parameters, "with_component_id");
  result->mark =
      binder.new_column(UniqueNames(graph->node_columns)
                            .make(name == nullptr ? "ComponentId" : parameter_text(*name)),
                        Type::kLong);
  result->node_columns = graph->node_columns;
  result->node_columns.push_back(result->mark);
  result->edge_columns = graph->edge_columns;
  result->key_type = graph->key_type;
  result->inputs.push_back(std::move(input));
  return result;
}

}  // namespace

extern constinit const OperatorDef kGraphMarkComponents{
    .name = "graph-mark-components",
    .summary = "Gives each node the number of its connected component as a property.",
    .syntax = "graph-mark-components [kind=weak | strong] [with_component_id=Name]",
    .example =
        "datatable(a:string, b:string)['x', 'y', 'p', 'q'] | make-graph a --> b with_node_id=id"
        " | graph-mark-components with_component_id=c | graph-to-table nodes | summarize max(c)",
    .example_result = "1",
    .parse = parse_graph_mark,
    .bind = bind_graph_mark,
};

}  // namespace quarry::kql::operators
