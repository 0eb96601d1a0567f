// Texts that a row's raw bytes must hold for a filter to be true: what the scan looks for before it
// parses anything.
#pragma once

#include "common/kql/bound/expression.h"
#include "common/table/reader.h"

#include <vector>

namespace quarry::kql::plan {

/// One needle for each conjunct that has a sound one (see table::Needle for what sound means).
std::vector<table::Needle> find_needles(const std::vector<ExpressionPtr>& conjuncts);

}  // namespace quarry::kql::plan
