// A plan as text, for people.
#pragma once

#include "common/kql/bound/plan_node.h"

#include <string>

namespace quarry::kql::plan {

/// Appends one line a node, inputs indented below.
void explain(const PlanNode& root, std::string& out);

}  // namespace quarry::kql::plan
