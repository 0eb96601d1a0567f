// Between which instants rows must have happened for a filter to be true: folders of an export that
// hold none of these need not be read.
#pragma once

#include "common/kql/bound/expression.h"
#include "common/table/reader.h"

#include <vector>

namespace quarry::kql::plan {

/// Of the conjuncts that compare a table's Timestamp or TimeGenerated with a constant; the others
/// are as if they were not there. `columns` are the scan's.
table::TimeRange find_time_range(const std::vector<ExpressionPtr>& conjuncts,
                                 const std::vector<BoundColumn>& columns);

}  // namespace quarry::kql::plan
