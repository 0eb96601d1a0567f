#include "common/kql/operators/graph_copy.h"

#include "common/base/assert.h"
#include "common/kql/operators/nodes/graph_node.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr copy_rows(const RowsNode& rows) {
  auto copy = std::make_unique<RowsNode>();
  copy->label = rows.label;
  copy->columns = rows.columns;
  copy->batches = rows.batches;
  copy->source_columns = rows.source_columns;
  return copy;
}

bool keep(Binder& binder, PlanNodePtr& table, SourceSpan span) {
  auto rows = std::make_unique<RowsNode>();
  rows->label = "graph";
  rows->columns = table->columns;
  for (std::size_t i = 0; i < rows->columns.size(); ++i) rows->source_columns.push_back(i);
  rows->batches = binder.checking() ? std::make_shared<const std::vector<Batch>>()
                                    : binder.run_now(std::move(table), span);
  if (rows->batches == nullptr) return false;
  table = std::move(rows);
  return true;
}

template <class Node>
std::unique_ptr<Node> begin_copy(const Node& node) {
  auto copy = std::make_unique<Node>();
  copy->node_columns = node.node_columns;
  copy->edge_columns = node.edge_columns;
  copy->key_type = node.key_type;
  if (as_graph(*node.inputs[0]) != nullptr) copy->inputs.push_back(copy_graph(*node.inputs[0]));
  return copy;
}

}  // namespace

bool keep_tables(Binder& binder, PlanNode& graph, SourceSpan span) {
  if (as_graph(*graph.inputs[0]) != nullptr) return keep_tables(binder, *graph.inputs[0], span);
  for (PlanNodePtr& table : graph.inputs) {
    if (!keep(binder, table, span)) return false;
  }
  return true;
}

PlanNodePtr copy_graph(const PlanNode& graph) {
  if (const auto* const mark = dynamic_cast<const GraphMarkNode*>(&graph)) {
    auto copy = begin_copy(*mark);
    copy->kind = mark->kind;
    copy->mark = mark->mark;
    return copy;
  }
  if (const auto* const filter = dynamic_cast<const GraphFilterNode*>(&graph)) {
    auto copy = begin_copy(*filter);
    copy->what = filter->what;
    copy->predicate = filter->predicate;
    copy->extras = filter->extras;
    return copy;
  }
  const auto* const made = dynamic_cast<const MakeGraphNode*>(&graph);
  QUARRY_ASSERT(made != nullptr, "every kind of graph is copied");
  auto copy = begin_copy(*made);
  copy->properties = made->properties;
  copy->keys = made->keys;
  copy->source = made->source;
  copy->target = made->target;
  for (const PlanNodePtr& table : made->inputs)
    copy->inputs.push_back(copy_rows(static_cast<const RowsNode&>(*table)));
  return copy;
}

}  // namespace quarry::kql::operators
