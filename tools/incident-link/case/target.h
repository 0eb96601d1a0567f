// Where rows are linked to: a local case, an incident of Defender, an incident of Sentinel.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::incident_link {

enum class TargetKind : std::uint8_t { kCase, kDefender, kSentinel };
std::string_view name_of(TargetKind kind);

/// What stands for the incident that is made for a case, whose number nobody knows before.
inline constexpr std::string_view kNewIncident = "new";

struct Target {
  TargetKind kind = TargetKind::kCase;
  std::string place;     // tenant, or the ARM id of the workspace; "" of a case
  std::string incident;  // "29001", a GUID, kNewIncident; "" of a case

  bool is_new() const { return incident == kNewIncident; }
  friend auto operator<=>(const Target&, const Target&) = default;
};

/// "29001", "defender:29001", "sentinel:3177", "sentinel:<guid>", "defender", "sentinel"; the last
/// two mean a new incident and need `make_new`, the others refuse it. The place is left open.
/// kUsage for anything else.
Result<Target> parse_target(std::string_view text, bool make_new);

/// {"kind":"defender","place":…,"incident":"29001"}, as records and plans hold it.
std::string to_json(const Target& target);
Target target_of_json(std::string_view json);
/// "Defender incident 29001"
std::string in_words(const Target& target);

}  // namespace quarry::incident_link
