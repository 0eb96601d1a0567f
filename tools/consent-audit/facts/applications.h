// Applications that are known by their id. Constant data; sources in the .def files.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace quarry::consent_audit {

/// Microsoft's own.
struct FirstPartyApp {
  std::string_view id;
  std::string_view name;  // may be empty
  bool family;            // shares refresh tokens with others of its family
};

enum class Repute : std::uint8_t { kMalicious, kAbused, kAbusedFirstParty };

/// Seen in attacks. Most are honest products that attackers like too.
struct RogueApp {
  std::string_view id;
  std::string_view name;
  Repute repute;
  std::string_view category;    // "mailbox-export"
  std::string_view confidence;  // "low", "medium", "high": by how many sources agree
  std::string_view why;
};

/// In the order of their ids.
std::span<const FirstPartyApp> first_party_apps();
std::span<const RogueApp> rogue_apps();

/// By id in lower case; nullptr where unknown.
const FirstPartyApp* find_first_party(std::string_view id);
const RogueApp* find_rogue(std::string_view id);
/// By name in any case: weak, anyone may use the name.
const RogueApp* find_rogue_named(std::string_view name);
/// Tenants that own Microsoft's applications.
bool is_microsoft_tenant(std::string_view tenant_id);

}  // namespace quarry::consent_audit
