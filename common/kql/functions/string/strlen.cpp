// strlen, string_size: how long a text is, in code points and in bytes.
#include "common/base/unicode.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

std::int64_t strlen_(std::string_view source) {
  return static_cast<std::int64_t>(unicode::code_point_count(source));
}
std::int64_t string_size(std::string_view source) {
  return static_cast<std::int64_t>(source.size());
}

constexpr Param kParams[]{{"source", "Text to measure."}};
constexpr FunctionDef kStrlen{.name = "strlen",
                              .summary = "Counts the characters (Unicode code points) of a text.",
                              .params = kParams,
                              .example = {R"(print strlen("dür"))", "3"},
                              .resolve = resolve_any_text<strlen_>};
constexpr FunctionDef kStringSize{.name = "string_size",
                                  .summary = "Counts the bytes of a text in UTF-8.",
                                  .params = kParams,
                                  .example = {R"(print string_size("dür"))", "4"},
                                  .resolve = resolve_any_text<string_size>};

constexpr const FunctionDef* kScalars[]{&kStrlen, &kStringSize};

}  // namespace

extern constinit const FunctionTable kStringLength{"string", kScalars};

}  // namespace quarry::kql::functions
