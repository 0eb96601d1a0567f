// How bad: of a permission, a signal, a finding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::consent_audit {

enum class Level : std::uint8_t { kNone, kLow, kMedium, kHigh, kCritical };

inline constexpr std::array<std::string_view, 5> kLevelNames{"none", "low", "medium", "high",
                                                             "critical"};

constexpr std::string_view name_of(Level level) {
  return kLevelNames[static_cast<std::size_t>(level)];
}
constexpr std::optional<Level> parse_level(std::string_view name) {
  for (std::size_t i = 0; i < kLevelNames.size(); ++i)
    if (kLevelNames[i] == name) return static_cast<Level>(i);
  return std::nullopt;
}

}  // namespace quarry::consent_audit
