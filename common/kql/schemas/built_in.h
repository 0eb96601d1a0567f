// The tables of Defender advanced hunting, Sentinel and Azure Monitor: names, columns and types, as constant data.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "common/value/type.h"

namespace quarry::kql {

struct BuiltInTable {
  std::string_view name;
  bool open = false;         // may hold columns that are not listed
  std::string_view columns;  // "Timestamp:datetime DeviceId:string …"

  Schema schema() const;
};

/// nullptr where the catalogue has no table of this name.
const BuiltInTable* find_built_in(std::string_view name);
/// All names, sorted.
const std::vector<std::string_view>& built_in_names();

}  // namespace quarry::kql
