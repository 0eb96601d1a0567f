#include "common/kql/exec/graph_match.h"

#include "common/kql/exec/graph_search.h"

namespace quarry::exec {

Result<void> GraphMatch::finish(const ExecContext& context) {
  QUARRY_TRY(const PatternFilters filters, PatternFilters::make(pattern_, *graph_, context));
  QUARRY_TRY(MatchRows rows, MatchRows::make(pattern_, *graph_, context));
  rows_.emplace(std::move(rows));
  if (shortest_) {
    QUARRY_CHECK(search_paths(pattern_, *shortest_, *graph_, filters, context, *rows_));
  } else {
    QUARRY_CHECK(search_graph(pattern_, *graph_, filters, context, *rows_));
  }
  *batches_ = std::move(rows_->rows());
  return {};
}

Result<void> GraphTable::finish(const ExecContext&) {
  const Batch& all = what_ == What::kNodes ? graph_->nodes : graph_->edges;
  Batch out({}, all.rows());
  for (const std::size_t column : columns_) out.add(all.column(column));
  if (out.rows() > 0) batches_->push_back(std::move(out));
  return {};
}

}  // namespace quarry::exec
