// indexof_regex: where a pattern occurs, counted in characters; the parameters are those of
// indexof.
#include "common/base/unicode.h"
#include "common/kql/functions/regex/compiled_regex.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

using Int = std::int64_t;

std::optional<Int> indexof_regex(std::string_view source, const CompiledRegex& pattern, Int start,
                                 Int length, Int occurrence) {
  if (length < -1 || occurrence < 1) return std::nullopt;
  const auto size = static_cast<Int>(unicode::code_point_count(source));
  if (start < 0) start = start < -size ? 0 : size + start;
  if (start > size) return -1;
  std::string_view window =
      source.substr(unicode::offset_of(source, static_cast<std::size_t>(start)));
  if (length >= 0)
    window = window.substr(0, unicode::offset_of(window, static_cast<std::size_t>(length)));
  Int found = -1;
  for_each_match(pattern, window, [&] {
    if (--occurrence != 0) return;
    const auto offset = static_cast<std::size_t>(pattern.groups[0].data() - window.data());
    found = start + static_cast<Int>(unicode::code_point_count(window.substr(0, offset)));
  });
  return found;
}
std::optional<Int> indexof_any(std::string_view source, const CompiledRegex& pattern) {
  return indexof_regex(source, pattern, 0, -1, 1);
}
std::optional<Int> indexof_start(std::string_view source, const CompiledRegex& pattern, Int start) {
  return indexof_regex(source, pattern, start, -1, 1);
}
std::optional<Int> indexof_range(std::string_view source, const CompiledRegex& pattern, Int start,
                                 Int length) {
  return indexof_regex(source, pattern, start, length, 1);
}

constexpr Param kParams[]{
    {"source", "Text to search."},
    {"match", "Regular expression to look for."},
    {.name = "start", .help = "Where to begin; negative: from the end.", .optional = true},
    {.name = "length", .help = "How many characters to look at; -1: all.", .optional = true},
    {.name = "occurrence", .help = "Which occurrence, from 1.", .optional = true}};
constexpr FunctionDef kIndexofRegexDef{
    .name = "indexof_regex",
    .summary = "Position of the match of a regular expression, from 0; -1 where there is none.",
    .params = kParams,
    .example = {R"(print indexof_regex("abcabc", "a.c"))", "0"},
    .resolve = resolve_any_text<indexof_any, indexof_start, indexof_range, indexof_regex>};

constexpr const FunctionDef* kScalars[]{&kIndexofRegexDef};

}  // namespace

extern constinit const FunctionTable kIndexofRegex{"regex", kScalars};

}  // namespace quarry::kql::functions
