// One graph for several readers: graph-to-table nodes, edges.
#pragma once

#include "common/kql/bind/binder.h"

namespace quarry::kql::operators {

/// Runs the tables below a graph now, so that copies of it read them from memory. False after an
/// error.
bool keep_tables(Binder& binder, PlanNode& graph, SourceSpan span);

/// Another graph over the same tables, which have been kept; columns have the same ids.
PlanNodePtr copy_graph(const PlanNode& graph);

}  // namespace quarry::kql::operators
