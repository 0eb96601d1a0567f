// What extend does, for the operators that add columns too.
#pragma once

#include "common/kql/bind/binder.h"

#include <vector>

namespace quarry::kql::operators {

/// The input's columns and `values`.
PlanNodePtr extended(Binder& binder, PlanNodePtr input, const std::vector<NamedValue>& values);

}  // namespace quarry::kql::operators
