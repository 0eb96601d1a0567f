// Static libraries drop what nobody refers to, so tables of functions, operators and views of
// reports are listed by hand in tables.h and sources in CMakeLists.txt. These checks find what was
// forgotten there.
#include "tests/architecture/checks.h"

#include <fmt/format.h>

#include <cctype>
#include <string>
#include <string_view>

namespace quarry::architecture {
namespace {

constexpr std::string_view kFunctions = "common/kql/functions/";
constexpr std::string_view kOperators = "common/kql/operators/";
constexpr std::string_view kViews = "tools/etl-report/views/";

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool holds_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word(text[at - 1]);
    if (starts && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

/// The k-names that follow `type` as definitions: "constinit const FunctionTable kTrim{…" -> kTrim.
std::vector<std::string> defined(std::string_view text, std::string_view type) {
  std::vector<std::string> names;
  for (std::size_t at = text.find(type); at != std::string_view::npos;
       at = text.find(type, at + 1)) {
    const std::size_t start = at + type.size() + 1;
    if (start >= text.size() || text[start - 1] != ' ' || text[start] != 'k') continue;
    std::size_t end = start;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end < text.size() && (text[end] == '{' || text[end] == ' ')) {
      names.emplace_back(text.substr(start, end - start));
    }
  }
  return names;
}

std::string_view text_of(const SourceTree& tree, const std::string& path) {
  const auto found = tree.find(path);
  return found == tree.end() ? std::string_view{} : std::string_view(found->second.text);
}

void check_tables(const SourceTree& tree, std::string_view folder, std::string_view type,
                  Findings& findings) {
  const std::string list = fmt::format("{}tables.h", folder);
  const std::string_view listed = text_of(tree, list);
  for (const auto& [path, file] : tree) {
    if (!path.starts_with(folder) || !path.ends_with(".cpp")) continue;
    for (const std::string& name : defined(file.text, type)) {
      if (!holds_word(listed, name)) {
        findings.push_back({path, 0, fmt::format("{} is missing in {}", name, list)});
      }
    }
  }
}

/// A file that declares functions and gathers them in no table is lost as a whole.
void check_gathered(const SourceTree& tree, Findings& findings) {
  for (const auto& [path, file] : tree) {
    if (!path.starts_with(kFunctions) || !path.ends_with(".cpp")) continue;
    if (!defined(file.text, "FunctionDef").empty() && defined(file.text, "FunctionTable").empty()) {
      findings.push_back({path, 0, "declares functions, but no FunctionTable holds them"});
    }
  }
}

/// Whether the CMakeLists.txt next above (or a .cmake file beside it) names the source.
bool is_built(const SourceTree& tree, const std::string& path) {
  for (std::size_t slash = path.rfind('/'); slash != std::string::npos && slash > 0;
       slash = path.rfind('/', slash - 1)) {
    const std::string folder = path.substr(0, slash + 1);
    if (!tree.contains(folder + "CMakeLists.txt")) continue;
    const std::string_view name = std::string_view(path).substr(folder.size());
    for (auto it = tree.lower_bound(folder); it != tree.end() && it->first.starts_with(folder);
         ++it) {
      const std::string_view rest = std::string_view(it->first).substr(folder.size());
      if (rest.find('/') != std::string_view::npos) continue;
      const bool is_list = rest == "CMakeLists.txt" || rest.ends_with(".cmake");
      if (is_list && holds_word(it->second.text, name)) return true;
      if (is_list && name == "main.cpp" && holds_word(it->second.text, "quarry_tool"))
        return true;  // quarry_tool() adds it
    }
    return false;
  }
  return false;
}

}  // namespace

Findings check_listed(const SourceTree& tree) {
  Findings findings;
  check_tables(tree, kFunctions, "FunctionTable", findings);
  check_tables(tree, kOperators, "OperatorDef", findings);
  check_tables(tree, kViews, "View", findings);
  check_gathered(tree, findings);
  for (const auto& [path, file] : tree) {
    const bool in_house = path.starts_with("common/") || path.starts_with("tools/");
    if (in_house && path.ends_with(".cpp") && !is_built(tree, path)) {
      findings.push_back({path, 0, "no CMakeLists.txt builds it"});
    }
  }
  return findings;
}

}  // namespace quarry::architecture
