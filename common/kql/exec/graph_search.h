// graph-match: finds all matches of a pattern by trying nodes and edges in order and going back
// where nothing fits. Depth-first with a stack of its own. A sequence begins at the end that has
// fewer candidates. Cost: what the pattern allows; filters on single nodes and edges are looked up,
// everything else is decided over whole matches.
#pragma once

#include "common/kql/exec/graph_pattern.h"

namespace quarry::exec {

/// All matches into `rows`, in an order that only the graph and the pattern decide.
Result<void> search_graph(const GraphPattern& pattern, const Graph& graph,
                          const PatternFilters& filters, const ExecContext& context,
                          MatchRows& rows);

}  // namespace quarry::exec
