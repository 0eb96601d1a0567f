// graph-shortest-paths: breadth-first search over (place in the pattern, node) from every node
// where the pattern may begin.
//
// Every walk into a state comes at the state's least distance, so paths are read back from where
// the states came from. Once an edge of the pattern has its least number of hops, further hops
// share a state: the nearer arrival can do whatever a farther one can. A path that would have to
// use an edge twice to reach its least number of hops is left out.
#pragma once

#include "common/kql/exec/graph_pattern.h"

namespace quarry::exec {

enum class ShortestPaths : std::uint8_t {
  kAny,  // one for each pair of first and last node
  kAll   // every one of the least length
};

/// `pattern` has one sequence.
Result<void> search_paths(const GraphPattern& pattern, ShortestPaths which, const Graph& graph,
                          const PatternFilters& filters, const ExecContext& context,
                          MatchRows& rows);

}  // namespace quarry::exec
