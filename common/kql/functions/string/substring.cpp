// substring. KQL: a negative start counts from the end; a start past the end gives "".
#include "common/base/unicode.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

std::string_view from(std::string_view source, std::int64_t start) {
  if (start < 0) {
    const auto length = static_cast<std::int64_t>(unicode::code_point_count(source));
    start = start < -length ? 0 : length + start;
  }
  return source.substr(unicode::offset_of(source, static_cast<std::size_t>(start)));
}

std::string_view substring_to_end(std::string_view source, std::int64_t start) {
  return from(source, start);
}
std::string_view substring(std::string_view source, std::int64_t start, std::int64_t length) {
  if (length <= 0) return {};
  const std::string_view rest = from(source, start);
  return rest.substr(0, unicode::offset_of(rest, static_cast<std::size_t>(length)));
}

constexpr Param kParams[]{
    {"source", "Text to cut from."},
    {"start", "Position of the first character, from 0; negative: from the end."},
    {.name = "length",
     .help = "Number of characters; all that follow if left out.",
     .optional = true}};
constexpr FunctionDef kSubstringDef{.name = "substring",
                                    .summary = "Cuts a part out of a text, counted in characters.",
                                    .params = kParams,
                                    .example = {R"(print substring("ABCdef", 2, 3))", "Cde"},
                                    .resolve = resolve_any_text<substring_to_end, substring>};

constexpr const FunctionDef* kScalars[]{&kSubstringDef};

}  // namespace

extern constinit const FunctionTable kSubstring{"string", kScalars};

}  // namespace quarry::kql::functions
