// matches regex: the pattern occurs anywhere in the text (RE2, with regard to case unless the
// pattern says (?i)).
#include "common/kql/functions/regex/compiled_regex.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

bool matches_regex(std::string_view text, const CompiledRegex& pattern) {
  return pattern.regex.contained_in(text);
}

constexpr Param kParams[]{{"text"}, {"pattern"}};
constexpr FunctionDef kMatchesRegexDef{
    .name = "matches regex",
    .summary = "The regular expression occurs in the text.",
    .params = kParams,
    .example = {R"(print "Fabrikam" matches regex "b.*k")", "true"},
    .overloads = rowwise<matches_regex>,
    .hidden = true};

constexpr const FunctionDef* kScalars[]{&kMatchesRegexDef};

}  // namespace

extern constinit const FunctionTable kMatchesRegex{"regex", kScalars};

}  // namespace quarry::kql::functions
