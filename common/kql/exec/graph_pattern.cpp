#include "common/kql/exec/graph_pattern.h"

#include "common/value/builder.h"

namespace quarry::exec {
namespace {

Result<std::vector<std::vector<std::uint8_t>>> apply(
    const std::vector<std::optional<Expression>>& filters, const Batch& elements,
    const ExecContext& context) {
  std::vector<std::vector<std::uint8_t>> result;
  for (const auto& filter : filters) {
    result.emplace_back();
    if (!filter) continue;
    QUARRY_TRY(result.back(), rows_where(*filter, elements, context));
  }
  return result;
}

/// The matches with these numbers.
Matches selected(const Matches& from, const std::vector<std::uint32_t>& kept,
                 const GraphPattern& pattern) {
  Matches to(pattern);
  to.count = kept.size();
  for (std::size_t v = 0; v < from.nodes.size(); ++v) {
    for (const std::uint32_t i : kept) to.nodes[v].push_back(from.nodes[v][i]);
  }
  for (std::size_t v = 0; v < from.paths.size(); ++v) {
    const Matches::Paths& all = from.paths[v];
    Matches::Paths& some = to.paths[v];
    const auto copy = [](const std::vector<std::uint32_t>& elements,
                         const std::vector<std::size_t>& end, std::size_t i,
                         std::vector<std::uint32_t>& out) {
      for (std::size_t at = i == 0 ? 0 : end[i - 1]; at < end[i]; ++at) out.push_back(elements[at]);
    };
    for (const std::uint32_t i : kept) {
      copy(all.edges, all.edges_end, i, some.edges);
      copy(all.inner, all.inner_end, i, some.inner);
      some.edges_end.push_back(some.edges.size());
      some.inner_end.push_back(some.inner.size());
    }
  }
  return to;
}

/// Folds the values of a match's elements into one cell: true where all (any) are; an array.
Column fold_bools(const Column& values, const std::vector<std::size_t>& end, bool all) {
  const Cells<Type::kBool> cells(values);
  ColumnBuilder<Type::kBool> out(end.size());
  std::size_t at = 0;
  for (const std::size_t stop : end) {
    bool result = all;
    for (; at < stop; ++at) {
      const bool holds = !cells.is_null(at) && cells[at] != 0;
      result = all ? result && holds : result || holds;
    }
    out.append(result ? 1 : 0);
  }
  return out.finish();
}

Column fold_array(const Column& values, const std::vector<std::size_t>& end) {
  const Cells<Type::kDynamic> cells(values);
  ColumnBuilder<Type::kDynamic> out(end.size());
  std::size_t at = 0;
  for (const std::size_t stop : end) {
    std::string text = "[";
    for (bool first = true; at < stop; ++at, first = false) {
      if (!first) text += ',';
      text += cells.is_null(at) ? std::string_view("null") : cells[at].json.view();
    }
    out.append_copy(text + "]");
  }
  return out.finish();
}

}  // namespace

Result<PatternFilters> PatternFilters::make(const GraphPattern& pattern, const Graph& graph,
                                            const ExecContext& context) {
  PatternFilters filters;
  QUARRY_TRY(filters.nodes, apply(pattern.node_filters, graph.nodes, context));
  QUARRY_TRY(filters.edges, apply(pattern.edge_filters, graph.edges, context));
  QUARRY_TRY(filters.inner, apply(pattern.inner_filters, graph.nodes, context));
  return filters;
}

void Matches::clear() {
  count = 0;
  for (auto& column : nodes) column.clear();
  for (Paths& path : paths) path = Paths();
}

Result<MatchRows> MatchRows::make(const GraphPattern& pattern, const Graph& graph,
                                  const ExecContext& context) {
  MatchRows rows(pattern, graph, context);
  for (const MatchColumn& column : pattern.columns) {
    rows.inner_.emplace_back();
    if (column.kind == MatchColumn::Kind::kNode || column.kind == MatchColumn::Kind::kEdge)
      continue;
    QUARRY_TRY(rows.inner_.back(), Evaluator::make(column.inner, context.run));
  }
  if (pattern.predicate) {
    QUARRY_TRY(rows.predicate_, Evaluator::make(*pattern.predicate, context.run));
  }
  for (const Expression& expression : pattern.output) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(expression, context.run));
    rows.output_.push_back(std::move(evaluator));
  }
  return rows;
}

Column MatchRows::fold(const MatchColumn& column, std::size_t index, const Matches& matches,
                       const Batch& before) {
  const Matches::Paths& paths = matches.paths[column.variable];
  const std::vector<std::size_t>& end = column.inner_nodes ? paths.inner_end : paths.edges_end;
  Batch elements = (column.inner_nodes ? graph_->nodes : graph_->edges)
                       .selected(std::make_shared<std::vector<std::uint32_t>>(
                           column.inner_nodes ? paths.inner : paths.edges));
  if (!column.outer.empty()) {
    const auto owner = std::make_shared<std::vector<std::uint32_t>>();
    for (std::uint32_t i = 0; i < end.size(); ++i) owner->resize(end[i], i);
    for (const std::size_t outer : column.outer)
      elements.add(Column::select(before.column(outer), owner));
  }
  const Column values = inner_[index]->evaluate(elements);
  return column.kind == MatchColumn::Kind::kMap
             ? fold_array(values, end)
             : fold_bools(values, end, column.kind == MatchColumn::Kind::kAll);
}

Batch MatchRows::columns_of(const Matches& matches, bool predicate_only) {
  Batch batch({}, matches.count);
  for (std::size_t i = 0; i < pattern_->columns.size(); ++i) {
    const MatchColumn& column = pattern_->columns[i];
    if (predicate_only && !pattern_->in_predicate[i]) {
      batch.add(Column::all_null(column.type, matches.count));
      continue;
    }
    switch (column.kind) {
      case MatchColumn::Kind::kNode:
        batch.add(Column::select(
            graph_->nodes.column(column.column),
            std::make_shared<std::vector<std::uint32_t>>(matches.nodes[column.variable])));
        break;
      case MatchColumn::Kind::kEdge:
        batch.add(Column::select(
            graph_->edges.column(column.column),
            std::make_shared<std::vector<std::uint32_t>>(matches.paths[column.variable].edges)));
        break;
      default:
        batch.add(fold(column, i, matches, batch));
    }
  }
  return batch;
}

Result<void> MatchRows::add(Matches& matches) {
  if (matches.count == 0) return {};
  if (predicate_) {
    const Column holds = predicate_->evaluate(columns_of(matches, true));
    const Cells<Type::kBool> cells(holds);
    std::vector<std::uint32_t> kept;
    for (std::uint32_t i = 0; i < matches.count; ++i) {
      if (!cells.is_null(i) && cells[i] != 0) kept.push_back(i);
    }
    if (kept.size() < matches.count) matches = selected(matches, kept, *pattern_);
  }
  if (matches.count > 0) {
    const Batch columns = columns_of(matches, false);
    Batch row({}, matches.count);
    for (Evaluator& expression : output_) row.add(expression.evaluate(columns));
    rows_.push_back(row.owned());
    bytes_ += rows_.back().memory();
    QUARRY_CHECK(share_.resize(bytes_));
  }
  matches.clear();
  return {};
}

}  // namespace quarry::exec
