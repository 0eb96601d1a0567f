// The by list of summarize and its relatives: keys become columns of an AggregateNode.
#pragma once

#include "common/kql/bind/binder.h"
#include "common/kql/operators/nodes/aggregate_node.h"

#include <memory>
#include <vector>

namespace quarry::kql::operators {

/// Adds the keys. A plain column keeps its id, so filters and needed columns find it below.
void add_keys(Binder& binder, AggregateNode& node, const std::vector<NamedValue>& keys);

/// Adds the collected calls, equal ones once; `replaced` says which columns now stand for the
/// results of the others.
void add_calls(AggregateNode& node, std::vector<CollectedAggregate> calls, Substitution& replaced);

}  // namespace quarry::kql::operators
