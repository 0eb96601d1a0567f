// A plan as text, for people.
#pragma once

#include <string>

#include "common/kql/bound/plan_node.h"

namespace quarry::kql::plan {

/// Appends one line a node, inputs indented below.
void explain(const PlanNode& root, std::string& out);

}  // namespace quarry::kql::plan
