#include "common/kql/operators/nodes/graph_match_node.h"

#include "common/kql/bind/binder.h"

#include <algorithm>

namespace quarry::kql {
namespace {

bool holds(const std::vector<BoundColumn>& columns, ColumnId id) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const BoundColumn& column) { return column.id == id; });
}

/// The element's columns in the order of the graph's batches.
std::vector<BoundColumn> layout_of(const GraphElement& element,
                                   const std::vector<BoundColumn>& columns) {
  std::vector<BoundColumn> layout;
  for (const BoundColumn& column : columns) {
    const auto found = std::find(element.origins.begin(), element.origins.end(), column.id);
    layout.push_back(
        found == element.origins.end()
            ? BoundColumn()
            : element.properties[static_cast<std::size_t>(found - element.origins.begin())]);
  }
  layout.insert(layout.end(), element.extras.begin(), element.extras.end());
  return layout;
}

void add_origins(const GraphElement& element, const ColumnSet& read, ColumnSet& origins) {
  for (std::size_t i = 0; i < element.properties.size(); ++i) {
    if (read.contains(element.properties[i].id)) origins.insert(element.origins[i]);
  }
}

/// Makes the columns of matches: those that something reads, plain ones first, then folds in the
/// order in which they were written, so that what a fold reads stands before it.
class ColumnsOfMatches {
 public:
  ColumnsOfMatches(const GraphMatchNode& node, const GraphNode& graph, const plan::Builder& builder)
      : node_(node), graph_(graph), builder_(builder) {
    for (const ExpressionPtr& expression : node.output) collect_columns(*expression, read_);
    if (node.predicate != nullptr) collect_columns(*node.predicate, read_);
    for (auto fold = node.folds.rbegin(); fold != node.folds.rend(); ++fold) {
      if (read_.contains(fold->column.id)) collect_columns(*fold->inner, read_);
    }
  }

  void make(exec::GraphPattern& pattern) {
    for (std::size_t v = 0; v < node_.node_elements.size(); ++v)
      add_plain(exec::MatchColumn::Kind::kNode, v,
                layout_of(node_.node_elements[v], graph_.node_columns));
    for (const exec::PatternSequence& sequence : node_.sequences) {
      for (const exec::PatternEdge& edge : sequence.edges) {
        if (!edge.ranged)
          add_plain(exec::MatchColumn::Kind::kEdge, edge.variable,
                    layout_of(node_.edge_elements[edge.variable], graph_.edge_columns));
      }
    }
    for (const MatchFold& fold : node_.folds) {
      if (read_.contains(fold.column.id)) add_fold(fold);
    }
    pattern.columns = std::move(made_);
    pattern.in_predicate = in_predicate();
    if (node_.predicate != nullptr) pattern.predicate = builder_.compile(*node_.predicate, layout_);
    pattern.output = builder_.compile(node_.output, layout_);
    for (const ExpressionPtr& expression : node_.output)
      pattern.output_types.push_back(expression->type);
  }

 private:
  void add_plain(exec::MatchColumn::Kind kind, std::size_t variable,
                 const std::vector<BoundColumn>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].id == 0 || !read_.contains(columns[i].id)) continue;
      exec::MatchColumn column;
      column.kind = kind;
      column.variable = variable;
      column.column = i;
      column.type = columns[i].type;
      layout_.push_back(columns[i]);
      made_.push_back(std::move(column));
    }
  }

  void add_fold(const MatchFold& fold) {
    exec::MatchColumn column;
    column.kind = fold.kind;
    column.variable = fold.variable;
    column.inner_nodes = fold.inner_nodes;
    column.type = fold.column.type;
    std::vector<BoundColumn> layout =
        fold.inner_nodes ? layout_of(node_.inner_elements[fold.variable], graph_.node_columns)
                         : layout_of(node_.edge_elements[fold.variable], graph_.edge_columns);
    if (!fold.inner_nodes)
      layout.resize(graph_.edge_columns.size() +
                    exec::GraphColumns::kEdgeExtras);  // no names for these
    ColumnSet read;
    collect_columns(*fold.inner, read);
    for (const ColumnId id : read) {
      if (holds(layout, id)) continue;
      column.outer.push_back(plan::position_of(id, layout_));
      layout.push_back(layout_[column.outer.back()]);
    }
    column.inner = builder_.compile(*fold.inner, layout);
    layout_.push_back(fold.column);
    made_.push_back(std::move(column));
  }

  std::vector<bool> in_predicate() const {
    ColumnSet read;
    if (node_.predicate != nullptr) collect_columns(*node_.predicate, read);
    for (auto fold = node_.folds.rbegin(); fold != node_.folds.rend(); ++fold) {
      if (read.contains(fold->column.id)) collect_columns(*fold->inner, read);
    }
    std::vector<bool> result;
    for (const BoundColumn& column : layout_) result.push_back(read.contains(column.id));
    return result;
  }

  const GraphMatchNode& node_;
  const GraphNode& graph_;
  const plan::Builder& builder_;
  ColumnSet read_;
  std::vector<BoundColumn> layout_;
  std::vector<exec::MatchColumn> made_;
};

}  // namespace

GraphElement GraphElement::of(Binder& binder, const std::vector<BoundColumn>& columns,
                              Type key_type) {
  GraphElement element;
  for (const BoundColumn& column : columns) {
    element.properties.push_back(binder.new_column(column.name, column.type));
    element.origins.push_back(column.id);
  }
  if (key_type == Type::kUnknown) return element;
  element.extras = {binder.new_column("", Type::kLong), binder.new_column("", Type::kLong),
                    binder.new_column("", key_type)};
  return element;
}

bool GraphElement::has(ColumnId id) const { return holds(properties, id) || holds(extras, id); }

std::string GraphMatchNode::describe() const {
  std::string text = shortest ? "graph-shortest-paths" : "graph-match";
  if (predicate != nullptr) text += " where " + to_text(*predicate);
  return text;
}

std::vector<ColumnSet> GraphMatchNode::required(const ColumnSet& needed) {
  std::vector<BoundColumn> kept;
  std::vector<ExpressionPtr> kept_output;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!needed.contains(columns[i].id)) continue;
    kept.push_back(columns[i]);
    kept_output.push_back(output[i]);
  }
  columns = std::move(kept);
  output = std::move(kept_output);
  ColumnSet read;
  for (const ExpressionPtr& expression : output) collect_columns(*expression, read);
  for (const auto* filters : {&node_filters, &edge_filters, &inner_filters}) {
    for (const ExpressionPtr& filter : *filters) {
      if (filter != nullptr) collect_columns(*filter, read);
    }
  }
  if (predicate != nullptr) collect_columns(*predicate, read);
  for (auto fold = folds.rbegin(); fold != folds.rend(); ++fold) {
    if (read.contains(fold->column.id)) collect_columns(*fold->inner, read);
  }
  ColumnSet below;
  for (const auto* elements : {&node_elements, &edge_elements, &inner_elements}) {
    for (const GraphElement& element : *elements) add_origins(element, read, below);
  }
  return {below};
}

exec::GraphPattern GraphMatchNode::pattern(const plan::Builder& builder,
                                           const GraphNode& graph) const {
  exec::GraphPattern result;
  result.node_variables = node_elements.size();
  result.edge_variables = edge_elements.size();
  result.sequences = sequences;
  result.cycles = cycles;
  const auto compile = [&](const std::vector<ExpressionPtr>& filters,
                           const std::vector<GraphElement>& elements,
                           const std::vector<BoundColumn>& layout) {
    std::vector<std::optional<exec::Expression>> compiled(filters.size());
    for (std::size_t i = 0; i < filters.size(); ++i) {
      if (filters[i] != nullptr)
        compiled[i] = builder.compile(*filters[i], layout_of(elements[i], layout));
    }
    return compiled;
  };
  result.node_filters = compile(node_filters, node_elements, graph.node_columns);
  result.edge_filters = compile(edge_filters, edge_elements, graph.edge_columns);
  result.inner_filters = compile(inner_filters, inner_elements, graph.node_columns);
  ColumnsOfMatches(*this, graph, builder).make(result);
  return result;
}

Result<plan::Stream> GraphMatchNode::build(plan::Builder& builder) const {
  const GraphNode& graph = *as_graph(*inputs[0]);
  QUARRY_TRY(exec::GraphSlot slot, graph.build_graph(builder));
  const auto step =
      std::make_shared<exec::GraphMatch>(pattern(builder, graph), shortest, std::move(slot));
  builder.run_before(plan::Stream(), step);
  return plan::Builder::from_batches(step->batches());
}

std::vector<ColumnSet> GraphTableNode::required(const ColumnSet& needed) {
  ColumnSet below;
  std::vector<BoundColumn> kept;
  std::vector<ColumnId> kept_origins;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    if (!needed.contains(columns[i].id)) continue;
    below.insert(origins[i]);
    kept.push_back(columns[i]);
    kept_origins.push_back(origins[i]);
  }
  kept.insert(kept.end(), columns.begin() + static_cast<std::ptrdiff_t>(origins.size()),
              columns.end());
  columns = std::move(kept);
  origins = std::move(kept_origins);
  return {below};
}

Result<plan::Stream> GraphTableNode::build(plan::Builder& builder) const {
  const GraphNode& graph = *as_graph(*inputs[0]);
  const bool nodes = what == exec::GraphTable::What::kNodes;
  const std::vector<BoundColumn>& all = nodes ? graph.node_columns : graph.edge_columns;
  std::vector<std::size_t> places;
  for (const ColumnId origin : origins) places.push_back(plan::position_of(origin, all));
  const std::size_t first_key =
      all.size() + (nodes ? exec::GraphColumns::kKey : exec::GraphColumns::kSource);
  for (std::size_t i = 0; i < keys; ++i) places.push_back(first_key + i);
  QUARRY_TRY(exec::GraphSlot slot, graph.build_graph(builder));
  const auto step = std::make_shared<exec::GraphTable>(what, std::move(places), std::move(slot));
  builder.run_before(plan::Stream(), step);
  return plan::Builder::from_batches(step->batches());
}

}  // namespace quarry::kql
