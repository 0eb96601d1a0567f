// indexof: where a text occurs in another, counted in characters.
#include "common/base/unicode.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

using Int = std::int64_t;

/// The n-th occurrence that begins at or after `start` and before start + length (-1: anywhere
/// behind). -1 where there is none, null where a parameter makes no sense. The engine looks at
/// where the match begins only: it may end beyond the length.
std::optional<Int> indexof(std::string_view source, std::string_view match, Int start, Int length,
                           Int occurrence) {
  if (length < -1 || occurrence < 1) return std::nullopt;
  const auto size = static_cast<Int>(unicode::code_point_count(source));
  if (start < 0) start = start < -size ? 0 : size + start;
  if (start > size) return -1;
  const bool ascii = size == static_cast<Int>(source.size());
  std::size_t at = ascii ? static_cast<std::size_t>(start)
                         : unicode::offset_of(source, static_cast<std::size_t>(start));
  const std::size_t stop =
      length < 0 || length > size - start ? source.size() + 1
      : ascii                             ? static_cast<std::size_t>(start + length)
              : unicode::offset_of(source, static_cast<std::size_t>(start + length));
  for (;; ++at) {
    at = source.find(match, at);
    if (at == std::string_view::npos || at >= stop) return -1;
    if (--occurrence == 0) break;
  }
  return ascii ? static_cast<Int>(at)
               : static_cast<Int>(unicode::code_point_count(source.substr(0, at)));
}
std::optional<Int> indexof_any(std::string_view source, std::string_view match) {
  return indexof(source, match, 0, -1, 1);
}
std::optional<Int> indexof_start(std::string_view source, std::string_view match, Int start) {
  return indexof(source, match, start, -1, 1);
}
std::optional<Int> indexof_range(std::string_view source, std::string_view match, Int start,
                                 Int length) {
  return indexof(source, match, start, length, 1);
}

constexpr Param kParams[]{
    {"source", "Text to search."},
    {"match", "Text to look for."},
    {.name = "start", .help = "Where to begin; negative: from the end.", .optional = true},
    {.name = "length", .help = "How many positions to try; -1: all.", .optional = true},
    {.name = "occurrence", .help = "Which occurrence, from 1.", .optional = true}};
constexpr FunctionDef kIndexofDef{
    .name = "indexof",
    .summary = "Position of a text in another, from 0; -1 where it does not occur.",
    .params = kParams,
    .example = {R"(print indexof("abcdefg", "cde"))", "2"},
    .resolve = resolve_any_text<indexof_any, indexof_start, indexof_range, indexof>};

constexpr const FunctionDef* kScalars[]{&kIndexofDef};

}  // namespace

extern constinit const FunctionTable kIndexof{"string", kScalars};

}  // namespace quarry::kql::functions
