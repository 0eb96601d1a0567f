// replace_regex, and the older replace with another order of arguments; regex_quote.
#include "common/kql/functions/regex/compiled_regex.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

std::string_view replace_regex(Row& row, std::string_view source, const CompiledRegex& pattern,
                               std::string_view rewrite) {
  if (!pattern.regex.contained_in(source)) return source;
  std::string& out = row.scratch();
  pattern.regex.replace_all(source, rewrite, out);
  return row.arena().copy(out);
}

std::string_view replace(Row& row, const CompiledRegex& pattern, std::string_view rewrite,
                         std::string_view source) {
  return replace_regex(row, source, pattern, rewrite);
}

std::string regex_quote_(std::string_view text) { return regex_quote(text); }

constexpr Param kParams[]{
    {"source", "Text to change."},
    {"lookup_regex", "Regular expression to look for."},
    {"rewrite_pattern", "What to put in place: \\0 is the match, \\1 … \\9 its groups."}};
constexpr Param kOldParams[]{kParams[1], kParams[2], kParams[0]};
constexpr Param kQuoteParams[]{{"text", "Text to quote."}};
constexpr FunctionDef kReplaceRegexDef{
    .name = "replace_regex",
    .summary = "Replaces every match of a regular expression.",
    .params = kParams,
    .example = {R"kql(print replace_regex("Number is 1", @"is (\d+)", @"was: \1"))kql",
                "Number was: 1"},
    .resolve = resolve_any_text<replace_regex>};
constexpr FunctionDef kReplace{
    .name = "replace",
    .summary = "Older form of replace_regex, with the source last.",
    .params = kOldParams,
    .example = {R"kql(print replace(@"is (\d+)", @"was: \1", "Number is 1"))kql", "Number was: 1"},
    .resolve = resolve_any_text<replace>};
constexpr FunctionDef kRegexQuote{
    .name = "regex_quote",
    .summary = "Makes a pattern that matches exactly this text.",
    .params = kQuoteParams,
    .example = {R"kql(print regex_quote("(so$me.Te^xt)"))kql", R"kql(\(so\$me\.Te\^xt\))kql"},
    .resolve = resolve_any_text<regex_quote_>};

constexpr const FunctionDef* kScalars[]{&kReplaceRegexDef, &kReplace, &kRegexQuote};

}  // namespace

extern constinit const FunctionTable kReplaceRegex{"regex", kScalars};

}  // namespace quarry::kql::functions
