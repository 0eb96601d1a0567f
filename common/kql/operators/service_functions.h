// Functions that the services add to the language (invoke FileProfile()): their columns are known,
// their answers are not here.
#pragma once

#include "common/value/type.h"

#include <span>
#include <string_view>

namespace quarry::kql::operators {

struct ServiceColumn {
  std::string_view name;
  Type type = Type::kString;
};

struct ServiceFunction {
  std::string_view name;
  std::span<const ServiceColumn> columns;  // added to the input's
};

/// Null where there is none of that name.
const ServiceFunction* find_service_function(std::string_view name);

}  // namespace quarry::kql::operators
