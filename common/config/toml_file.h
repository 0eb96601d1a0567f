// One TOML file as plain entries, each with its line. The only place that knows the TOML library.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::config {

/// A key of a section. Numbers and truth values as text, arrays as several values.
struct TomlEntry {
  std::string section;  // "defaults", "profile.contoso"; "" at the top
  std::string key;
  std::vector<std::string> values;
  std::uint32_t line = 0;
};

struct TomlSection {
  std::string name;
  std::uint32_t line = 0;
};

/// Whether a file may hold lists of tables ([[command]]); they become sections "command.0",
/// "command.1" and so on.
enum class TableLists : std::uint8_t { kRefused, kNumbered };

class TomlFile {
 public:
  /// kUsage, placed at path:line:column, where the text is not TOML or a value is neither text,
  /// number, truth value nor a list of them.
  static Result<TomlFile> parse(std::string_view text, std::string path,
                                TableLists lists = TableLists::kRefused);

  const std::string& path() const { return path_; }
  const std::vector<TomlEntry>& entries() const { return entries_; }
  const std::vector<TomlSection>& sections() const { return sections_; }
  /// nullptr where the section or the key is missing.
  const TomlEntry* find(std::string_view section, std::string_view key) const;
  bool has_section(std::string_view section) const;
  /// "path:12"
  std::string origin(std::uint32_t line) const;

 private:
  std::string path_;
  std::vector<TomlEntry> entries_;
  std::vector<TomlSection> sections_;
};

}  // namespace quarry::config
