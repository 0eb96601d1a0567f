// Profiles: named sections [profile.NAME] that say which connection is meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::config {

/// "profile.NAME"
std::string profile_section(std::string_view name);
/// "a,b" -> a, b; blanks around names and empty names are dropped.
std::vector<std::string> split_profile_names(std::string_view text);
/// The keys of a connection, known to all tools, also to those that never connect: one file serves
/// six tools.
std::span<const std::string_view> connection_keys();
/// The sections of tools: "hq", "lr", …
std::span<const std::string_view> tool_sections();

/// Sections [PREFIX.NAME] of which a tool may have many: the servers that it pulls from.
struct SectionFamily {
  std::string_view prefix;  // "taxii."
  std::string_view tool;    // whose options may stand in them
};
std::span<const SectionFamily> section_families();

}  // namespace quarry::config
