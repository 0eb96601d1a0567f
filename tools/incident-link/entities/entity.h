// What a row is about: devices, users, files, addresses. Impacted ones decide which rows become one
// alert, related ones are evidence.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

enum class Role : std::uint8_t { kImpacted, kRelated };
std::string_view name_of(Role role);

struct Entity {
  std::string type;  // "device", as Graph spells it
  std::string id;    // "deviceId": which identifier the value is
  std::string value;
  Role role = Role::kRelated;

  friend auto operator<=>(const Entity&, const Entity&) = default;
};

/// [{"type","id","value","role"},…]
std::string to_json(const std::vector<Entity>& entities);
/// Reads to_json(); what is no entity is left out.
std::vector<Entity> entities_of_json(std::string_view json);

}  // namespace quarry::incident_link
