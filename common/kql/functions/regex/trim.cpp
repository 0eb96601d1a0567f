// trim, trim_start, trim_end: all matches of a pattern at the ends of a text go.
#include "common/kql/functions/regex/compiled_regex.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

enum class Side : std::uint8_t { kStart, kEnd };

template <Side kSide>
struct EndPattern {
  CompiledRegex repeated;

  static Result<EndPattern> prepare(std::string_view pattern) {
    QUARRY_CHECK(Regex::compile(pattern));  // so that the error speaks of what the user wrote
    const std::string group = "(?:" + std::string(pattern) + ")+";
    QUARRY_TRY(CompiledRegex compiled,
               CompiledRegex::prepare(kSide == Side::kStart ? "\\A" + group : group + "\\z"));
    return EndPattern{std::move(compiled)};
  }
  std::string_view cut(std::string_view text) const {
    if (text.empty() || !repeated.find(text)) return text;
    const std::size_t length = repeated.groups[0].size();
    return kSide == Side::kStart ? text.substr(length) : text.substr(0, text.size() - length);
  }
};

struct BothEnds {
  EndPattern<Side::kStart> start;
  EndPattern<Side::kEnd> end;

  static Result<BothEnds> prepare(std::string_view pattern) {
    QUARRY_TRY(auto at_start, EndPattern<Side::kStart>::prepare(pattern));
    QUARRY_TRY(auto at_end, EndPattern<Side::kEnd>::prepare(pattern));
    return BothEnds{std::move(at_start), std::move(at_end)};
  }
};

std::string_view trim_start(const EndPattern<Side::kStart>& pattern, std::string_view source) {
  return pattern.cut(source);
}
std::string_view trim_end(const EndPattern<Side::kEnd>& pattern, std::string_view source) {
  return pattern.cut(source);
}
std::string_view trim(const BothEnds& pattern, std::string_view source) {
  return pattern.end.cut(pattern.start.cut(source));
}

constexpr Param kParams[]{{"regex", "Regular expression of what to remove."},
                          {"source", "Text to trim."}};
constexpr FunctionDef kTrimDef{
    .name = "trim",
    .summary = "Removes all matches of a pattern at both ends of a text.",
    .params = kParams,
    .example = {R"(print trim("-", "--a-b--"))", "a-b"},
    .resolve = resolve_any_text<trim>};
constexpr FunctionDef kTrimStart{
    .name = "trim_start",
    .summary = "Removes all matches of a pattern at the beginning of a text.",
    .params = kParams,
    .example = {R"(print trim_start("a+", "aaainnerbbba"))", "innerbbba"},
    .resolve = resolve_any_text<trim_start>};
constexpr FunctionDef kTrimEnd{.name = "trim_end",
                               .summary = "Removes all matches of a pattern at the end of a text.",
                               .params = kParams,
                               .example = {R"(print trim_end(".com", "bing.com"))", "bing"},
                               .resolve = resolve_any_text<trim_end>};

constexpr const FunctionDef* kScalars[]{&kTrimDef, &kTrimStart, &kTrimEnd};

}  // namespace

extern constinit const FunctionTable kTrim{"regex", kScalars};

}  // namespace quarry::kql::functions
