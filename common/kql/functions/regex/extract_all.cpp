// extract_all: chosen groups of every match. One group: an array of texts; several: an array of
// arrays. Null where nothing matches.
#include "common/kql/functions/regex/compiled_regex.h"
#include "common/kql/functions/text_arguments_inl.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

DynamicView extract_groups(Row& row, const CompiledRegex& pattern,
                           std::span<const std::size_t> groups, std::string_view source) {
  std::string& out = row.scratch();
  for_each_match(pattern, source, [&] {
    out.push_back(out.empty() ? '[' : ',');
    if (groups.size() == 1) {
      append_json_string(out, pattern.groups[groups[0]]);
      return;
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      out.push_back(i == 0 ? '[' : ',');
      append_json_string(out, pattern.groups[groups[i]]);
    }
    out.push_back(']');
  });
  if (out.empty()) return {};
  out.push_back(']');
  return DynamicView(row.arena().copy(out));
}

DynamicView extract_all(Row& row, const CompiledRegex& pattern, std::string_view source) {
  std::vector<std::size_t> groups;
  for (int group = 1; group <= pattern.regex.group_count(); ++group)
    groups.push_back(static_cast<std::size_t>(group));
  if (groups.empty()) groups.push_back(0);
  return extract_groups(row, pattern, groups, source);
}

/// Groups by number or name; what the pattern does not have is left out.
DynamicView extract_all_groups(Row& row, const CompiledRegex& pattern, DynamicView wanted,
                               std::string_view source) {
  std::vector<std::size_t> groups;
  const std::vector<std::string> names = pattern.regex.group_names();
  ArrayCursor cursor(wanted);
  DynamicView element;
  std::string scratch;
  while (cursor.next(element)) {
    if (const auto number = element.as_long()) {
      if (*number >= 0 && static_cast<std::size_t>(*number) < names.size())
        groups.push_back(static_cast<std::size_t>(*number));
    } else if (const auto name = element.as_string(scratch)) {
      const auto found = std::find(names.begin(), names.end(), *name);
      if (found != names.end() && !name->empty())
        groups.push_back(static_cast<std::size_t>(found - names.begin()));
    }
  }
  if (groups.empty()) return {};
  return extract_groups(row, pattern, groups, source);
}

constexpr std::string_view kAliases[]{"extractall"};
constexpr Param kParams[]{{"regex", "Regular expression with groups."},
                          {.name = "capture_groups",
                           .help = "Array of group numbers or names; all if left out.",
                           .optional = true},
                          {"source", "Text to search."}};
constexpr FunctionDef kExtractAllDef{
    .name = "extract_all",
    .aliases = kAliases,
    .summary = "The groups of every match of a regular expression, as an array.",
    .params = kParams,
    .example = {R"kql(print extract_all(@"(\d+)", "numbers: 123, 567 and 789"))kql",
                R"(["123","567","789"])"},
    .resolve = resolve_any_text<extract_all, extract_all_groups>};

constexpr const FunctionDef* kScalars[]{&kExtractAllDef};

}  // namespace

extern constinit const FunctionTable kExtractAll{"regex", kScalars};

}  // namespace quarry::kql::functions
