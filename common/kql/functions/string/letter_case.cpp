// tolower, toupper.
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/functions/text_arguments_inl.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

/// `map` on each byte of an ASCII text; a text that needs no change is handed on as it is.
template <char (*kMap)(char), std::string (*kUnicode)(std::string_view)>
std::string_view change_case(Row& row, std::string_view source) {
  if (!unicode::is_ascii(source)) return row.arena().copy(kUnicode(source));
  if (std::all_of(source.begin(), source.end(), [](char c) { return kMap(c) == c; })) return source;
  char* const out = row.arena().allocate(source.size());
  std::transform(source.begin(), source.end(), out, kMap);
  return {out, source.size()};
}

std::string_view tolower_(Row& row, std::string_view source) {
  return change_case<text::ascii_lower, unicode::to_lower>(row, source);
}
std::string_view toupper_(Row& row, std::string_view source) {
  return change_case<text::ascii_upper, unicode::to_upper>(row, source);
}

constexpr Param kParams[]{{"value", "Text to change."}};
constexpr FunctionDef kToLower{.name = "tolower",
                               .summary = "Makes all letters small.",
                               .params = kParams,
                               .example = {R"(print tolower("ABCdef"))", "abcdef"},
                               .resolve = resolve_any_text<tolower_>};
constexpr FunctionDef kToUpper{.name = "toupper",
                               .summary = "Makes all letters capital.",
                               .params = kParams,
                               .example = {R"(print toupper("ABCdef"))", "ABCDEF"},
                               .resolve = resolve_any_text<toupper_>};

constexpr const FunctionDef* kScalars[]{&kToLower, &kToUpper};

}  // namespace

extern constinit const FunctionTable kLetterCase{"string", kScalars};

}  // namespace quarry::kql::functions
