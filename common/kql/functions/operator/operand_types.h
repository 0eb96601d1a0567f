// Which types operators are defined for, and how a refusal is worded.
#pragma once

#include "common/base/result.h"
#include "common/value/type.h"

#include <optional>
#include <string_view>
#include <utility>

namespace quarry::kql::functions {

/// `the operator '+' is not defined for string and long`
Failure not_defined_for(std::string_view operator_name, Type left, Type right,
                        std::string hint = {});

/// The wider of two numeric types; kUnknown where one is not numeric.
Type widest_number(Type a, Type b);

}  // namespace quarry::kql::functions
