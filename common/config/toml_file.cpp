#include "common/config/toml_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace quarry::config {
namespace {

/// Walks the tree of tables into flat entries; stops at the first value that no option could take.
class Flattener {
 public:
  Flattener(std::vector<TomlEntry>& entries, std::vector<TomlSection>& sections, TableLists lists)
      : entries_(entries), sections_(sections), lists_(lists) {}

  bool walk(const toml::table& table, const std::string& name) {
    return std::all_of(table.begin(), table.end(), [&](const auto& pair) {
      return add(name, std::string(pair.first.str()), pair.first.source().begin.line, pair.second);
    });
  }
  std::uint32_t bad_line() const { return bad_line_; }
  const std::string& bad_key() const { return bad_key_; }

 private:
  bool add(const std::string& section, std::string key, std::uint32_t line,
           const toml::node& node) {
    if (const toml::table* const inner = node.as_table())
      return enter(*inner, section.empty() ? key : section + "." + key, line);
    if (lists_ == TableLists::kNumbered && node.is_array_of_tables())
      return enter_all(*node.as_array(), section.empty() ? key : section + "." + key);
    TomlEntry entry{.section = section, .key = key, .values = {}, .line = line};
    if (!append(node, entry.values)) {
      bad_line_ = line;
      bad_key_ = std::move(key);
      return false;
    }
    entries_.push_back(std::move(entry));
    return true;
  }

  bool enter(const toml::table& table, const std::string& name, std::uint32_t line) {
    sections_.push_back({.name = name, .line = line});
    return walk(table, name);
  }

  bool enter_all(const toml::array& tables, const std::string& name) {
    std::size_t number = 0;
    return std::all_of(tables.begin(), tables.end(), [&](const toml::node& item) {
      return enter(*item.as_table(), fmt::format("{}.{}", name, number++),
                   item.source().begin.line);
    });
  }

  static bool append(const toml::node& node, std::vector<std::string>& values) {
    if (const toml::array* const items = node.as_array()) {
      return std::all_of(items->begin(), items->end(), [&](const toml::node& item) {
        return !item.is_array() && append(item, values);
      });
    }
    if (node.is_table()) return false;
    values.push_back(text_of(node));
    return true;
  }

  static std::string text_of(const toml::node& node) {
    if (const auto* const text = node.as_string()) return text->get();
    if (const auto* const truth = node.as_boolean()) return truth->get() ? "true" : "false";
    std::ostringstream out;
    node.visit([&](const auto& value) { out << value; });
    return out.str();
  }

  std::vector<TomlEntry>& entries_;
  std::vector<TomlSection>& sections_;
  TableLists lists_;
  std::uint32_t bad_line_ = 0;
  std::string bad_key_;
};

// The library reports by exception; Debian builds it in no other way.
Result<toml::table> parsed(std::string_view text, const std::string& path) {
  try {
    return toml::parse(text, std::string_view(path));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    return fail(Error(ErrorCode::kUsage, fmt::format("not TOML: {}", error.description()))
                    .at(fmt::format("{}:{}:{}", path, at.line, at.column)));
  }
}

}  // namespace

Result<TomlFile> TomlFile::parse(std::string_view text, std::string path, TableLists lists) {
  QUARRY_TRY(const toml::table root, parsed(text, path));
  TomlFile file;
  Flattener flattener(file.entries_, file.sections_, lists);
  if (!flattener.walk(root, "")) {
    return fail(Error(ErrorCode::kUsage,
                      fmt::format("{}: a list may hold text and numbers only", flattener.bad_key()))
                    .at(fmt::format("{}:{}", path, flattener.bad_line())));
  }
  file.path_ = std::move(path);
  std::stable_sort(file.entries_.begin(), file.entries_.end(),
                   [](const TomlEntry& a, const TomlEntry& b) { return a.line < b.line; });
  return file;
}

const TomlEntry* TomlFile::find(std::string_view section, std::string_view key) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const TomlEntry& entry) {
    return entry.section == section && entry.key == key;
  });
  return found == entries_.end() ? nullptr : &*found;
}

bool TomlFile::has_section(std::string_view section) const {
  return std::any_of(sections_.begin(), sections_.end(),
                     [&](const TomlSection& known) { return known.name == section; });
}

std::string TomlFile::origin(std::uint32_t line) const { return fmt::format("{}:{}", path_, line); }

}  // namespace quarry::config
