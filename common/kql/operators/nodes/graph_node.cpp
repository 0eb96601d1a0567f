#include "common/kql/operators/nodes/graph_node.h"

#include <algorithm>

namespace quarry::kql {
namespace {

GraphNode& graph_of(const PlanNode& node) { return *as_graph(*node.inputs[0]); }

/// A pipeline without rows: only its sink's end counts.
void run_step(plan::Builder& builder, std::shared_ptr<exec::GraphStep> step) {
  builder.run_before(plan::Stream(), std::move(step));
}

std::size_t place_of(ColumnId id, const std::vector<BoundColumn>& columns) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const BoundColumn& column) { return column.id == id; });
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace

Result<plan::Stream> GraphNode::build(plan::Builder&) const {
  return fail(ErrorCode::kQuery, "a graph is no table",
              "ask it: graph-match, graph-shortest-paths, graph-to-table");
}

std::vector<ColumnSet> MakeGraphNode::required(const ColumnSet& needed) {
  std::vector<ColumnSet> below(inputs.size());
  below[0] = {source, target};
  for (const BoundColumn& column : edge_columns) {
    if (needed.contains(column.id)) below[0].insert(column.id);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) below[i + 1].insert(keys[i]);
  std::vector<BoundColumn> kept;
  std::vector<Property> kept_properties;
  for (std::size_t i = 0; i < node_columns.size(); ++i) {
    if (!needed.contains(node_columns[i].id)) continue;
    for (const auto& [input, column] : properties[i].from) below[input].insert(column);
    kept.push_back(node_columns[i]);
    kept_properties.push_back(std::move(properties[i]));
  }
  node_columns = std::move(kept);
  properties = std::move(kept_properties);
  return below;
}

void MakeGraphNode::inputs_pruned() { edge_columns = inputs[0]->columns; }

Result<exec::GraphSlot> MakeGraphNode::build_graph(plan::Builder& builder) const {
  exec::GraphPlan plan;
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    const std::vector<BoundColumn>& layout = inputs[i]->columns;
    QUARRY_TRY(plan::Stream stream, builder.build(*inputs[i]));
    const auto rows = std::make_shared<exec::Collect>();
    builder.run_before(std::move(stream), rows);
    exec::NodeTable table;
    table.batches = rows->batches();
    table.types = plan::types_of(layout);
    table.key = plan::position_of(keys[i - 1], layout);
    table.property_of.assign(layout.size(), properties.size());
    for (std::size_t p = 0; p < properties.size(); ++p) {
      for (const auto& [input, column] : properties[p].from) {
        if (input == i) table.property_of[place_of(column, layout)] = p;
      }
    }
    plan.tables.push_back(std::move(table));
  }
  plan.properties = plan::types_of(node_columns);
  for (const Property& property : properties) plan.is_key.push_back(property.is_key);
  plan.edge_types = plan::types_of(inputs[0]->columns);
  plan.source = plan::position_of(source, inputs[0]->columns);
  plan.target = plan::position_of(target, inputs[0]->columns);
  QUARRY_TRY(plan::Stream edges, builder.build(*inputs[0]));
  const auto graph = std::make_shared<exec::Graph>();
  builder.run_before(std::move(edges), std::make_shared<exec::GraphBuild>(std::move(plan), graph));
  return graph;
}

void GraphMarkNode::inputs_pruned() {
  node_columns = graph_of(*this).node_columns;
  node_columns.push_back(mark);
  edge_columns = graph_of(*this).edge_columns;
}

Result<exec::GraphSlot> GraphMarkNode::build_graph(plan::Builder& builder) const {
  const GraphNode& below = graph_of(*this);
  QUARRY_TRY(exec::GraphSlot from, below.build_graph(builder));
  const auto to = std::make_shared<exec::Graph>();
  run_step(builder,
           std::make_shared<exec::GraphMark>(kind, below.node_columns.size(), std::move(from), to));
  return to;
}

std::vector<ColumnSet> GraphFilterNode::required(const ColumnSet& needed) {
  ColumnSet below = needed;
  collect_columns(*predicate, below);
  return {below};
}

void GraphFilterNode::inputs_pruned() {
  node_columns = graph_of(*this).node_columns;
  edge_columns = graph_of(*this).edge_columns;
}

Result<exec::GraphSlot> GraphFilterNode::build_graph(plan::Builder& builder) const {
  QUARRY_TRY(exec::GraphSlot from, graph_of(*this).build_graph(builder));
  std::vector<BoundColumn> layout =
      what == exec::GraphFilter::What::kNodes ? node_columns : edge_columns;
  layout.insert(layout.end(), extras.begin(), extras.end());
  const auto to = std::make_shared<exec::Graph>();
  run_step(builder, std::make_shared<exec::GraphFilter>(what, builder.compile(*predicate, layout),
                                                        node_columns.size(), std::move(from), to));
  return to;
}

}  // namespace quarry::kql
