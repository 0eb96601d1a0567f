// Rewrites a plan before it is built: filters move down to where their columns come from, columns
// that nobody needs go.
#pragma once

#include "common/kql/bound/plan_node.h"

namespace quarry::kql::plan {

/// Pushes conjuncts of filters towards the scans, through nodes that let them pass.
void push_filters(PlanNodePtr& root);

/// Drops columns that the output does not need. The root keeps all its columns, in order.
void prune_columns(PlanNode& root);

/// Tells scans below a top which rows it wants.
void push_top(PlanNode& root);

/// All, in this order; then projections that change nothing go.
void optimize(PlanNodePtr& root);

}  // namespace quarry::kql::plan
