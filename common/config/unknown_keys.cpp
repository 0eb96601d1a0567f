// Warns of what a configuration file says and nobody hears. A section of another tool is that
// tool's business; [defaults] and [profile.NAME] are everybody's.
#include "common/base/suggest.h"
#include "common/config/config.h"
#include "common/config/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::config {
namespace {

using Names = std::vector<std::string_view>;

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Names known_keys(std::span<const OptionTable* const> tables) {
  Names keys;
  for (const OptionTable* const table : tables) {
    for (const OptionDef& option : table->options) {
      if (!option.key.empty()) keys.push_back(option.key);
    }
  }
  return keys;
}

Names known_sections() {
  Names sections{"defaults", "profile"};
  const auto tools = tool_sections();
  sections.insert(sections.end(), tools.begin(), tools.end());
  for (const SectionFamily& family : section_families())
    sections.push_back(family.prefix.substr(0, family.prefix.size() - 1));
  return sections;
}

void warn(Diagnostics& diagnostics, std::string origin, std::string message, std::string hint) {
  diagnostics.add({.level = Level::kWarning,
                   .kind = DiagnosticClass::kUsage,
                   .message = std::move(message),
                   .hint = std::move(hint),
                   .where = {},
                   .file = std::move(origin)});
}

const SectionFamily* family_of(std::string_view section) {
  for (const SectionFamily& family : section_families()) {
    if (section.starts_with(family.prefix)) return &family;
  }
  return nullptr;
}

bool is_everybodys(std::string_view section) {
  return section == "defaults" || section.starts_with("profile.");
}

/// Whether the tool looks for its options there.
bool is_read_by(std::string_view section, std::string_view tool) {
  const SectionFamily* const family = family_of(section);
  return is_everybodys(section) || section == tool || (family != nullptr && family->tool == tool);
}

}  // namespace

void Config::warn_of_unknown_keys(std::span<const OptionTable* const> tables,
                                  Diagnostics& diagnostics) const {
  const Names own = known_keys(tables);
  Names shared = own;
  shared.insert(shared.end(), connection_keys().begin(), connection_keys().end());
  const Names sections = known_sections();
  for (const TomlFile& file : files_) {
    for (const TomlSection& section : file.sections()) {
      const bool of_many =
          section.name.starts_with("profile.") || family_of(section.name) != nullptr;
      if (contains(sections, section.name) || of_many) continue;
      warn(diagnostics, file.origin(section.line),
           fmt::format("unknown section [{}]", section.name), did_you_mean(section.name, sections));
    }
    for (const TomlEntry& entry : file.entries()) {
      const std::string origin = file.origin(entry.line);
      const Names& known = is_everybodys(entry.section) ? shared : own;
      if (entry.section.empty()) {
        warn(diagnostics, origin, fmt::format("key '{}' stands in no section", entry.key),
             "put it under [defaults]");
      } else if (is_read_by(entry.section, request_.tool) && !contains(known, entry.key)) {
        warn(diagnostics, origin, fmt::format("unknown key '{}'", entry.key),
             did_you_mean(entry.key, known));
      }
    }
  }
}

}  // namespace quarry::config
