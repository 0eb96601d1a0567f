// One aggregate for each value of an expression: what facet and top-hitters are made of.
#pragma once

#include "common/kql/bind/binder.h"

#include <string>
#include <string_view>

namespace quarry::kql::operators {

/// Columns: the value, and the aggregate, called `prefix` and the value's name. Null after an
/// error.
PlanNodePtr aggregate_by(Binder& binder, PlanNodePtr input, syntax::Expression& value,
                         const syntax::Expression& aggregate, std::string_view prefix);

}  // namespace quarry::kql::operators
