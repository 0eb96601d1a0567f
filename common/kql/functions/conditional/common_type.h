// The type that all branches of a choice are brought to.
#pragma once

#include "common/kql/functions/function.h"

#include <optional>
#include <span>

namespace quarry::kql::functions {

/// The widest number, or the one type that is not dynamic; Error where there is no such.
Result<Type> common_type_of(std::span<const Type> types);

}  // namespace quarry::kql::functions
