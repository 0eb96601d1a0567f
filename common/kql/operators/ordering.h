// Ordering by expressions: what sort and top share.
#pragma once

#include "common/kql/bind/binder.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace quarry::kql::operators {

/// The input's rows in order, with a limit only the first so many. Keys that are no columns are
/// computed and dropped again.
PlanNodePtr ordered_by(Binder& binder, PlanNodePtr input,
                       const std::vector<syntax::OrderedExpression>& keys,
                       std::optional<std::uint64_t> limit);

}  // namespace quarry::kql::operators
