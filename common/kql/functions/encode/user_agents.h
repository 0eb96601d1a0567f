// What a User-Agent header says of browser, system and device: the common ones, by the product
// tokens they carry.
#pragma once

#include <array>
#include <string_view>

namespace quarry::kql::functions {

/// A family and up to four parts of its version; empty where unknown.
struct AgentPart {
  std::string_view family = "Other";
  std::array<std::string_view, 4> version{};
};

AgentPart browser_of(std::string_view agent);
AgentPart system_of(std::string_view agent);

struct AgentDevice {
  std::string_view family = "Other", brand, model;
};
AgentDevice device_of(std::string_view agent);

}  // namespace quarry::kql::functions
