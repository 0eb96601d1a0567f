// has, contains, startswith, endswith, hasprefix, hassuffix, =~ with their case-sensitive and
// negated forms. Kusto: datatypes-string-operators. The pattern is a constant as a rule: prepared
// once a worker.
#include "common/kql/functions/function.h"
#include "common/kql/functions/operator/text_column_inl.h"
#include "common/kql/functions/operator/text_match.h"

namespace quarry::kql::functions {
namespace {

struct PatternState final : KernelState {
  std::optional<TextMatcher> matcher;
  std::string pattern;  // what the matcher was made of, where the pattern is not constant
  bool constant = false;
};

template <TextRelation kRelation, CaseMode kMode>
Result<std::unique_ptr<KernelState>> prepare(const RunContext&,
                                             std::span<const Scalar* const> constants) {
  auto state = std::make_unique<PatternState>();
  if (constants[1] != nullptr) {
    state->constant = true;
    state->matcher.emplace(
        kRelation, kMode,
        constants[1]->is_null() ? std::string() : constants[1]->get<std::string>());
  }
  return std::unique_ptr<KernelState>(std::move(state));
}

template <TextRelation kRelation, CaseMode kMode, bool kNegated>
Column run(KernelCall& call) {
  auto& state = *static_cast<PatternState*>(call.state);
  return once_if_constant(call, [&](std::size_t rows) {
    if (state.constant) {
      return test_texts(call.args[0], rows, [&](std::string_view text) {
        return state.matcher->matches<kRelation>(text) != kNegated;
      });
    }
    const Cells<Type::kString> texts(call.args[0]);
    const Cells<Type::kString> patterns(call.args[1]);
    return fill<Type::kBool>(rows, nullptr, [&](std::size_t i) -> std::uint8_t {
      const std::string_view pattern = patterns[i].view();
      if (!state.matcher || state.pattern != pattern) {
        state.pattern = pattern;
        state.matcher.emplace(kRelation, kMode, pattern);
      }
      return state.matcher->matches<kRelation>(texts[i].view()) != kNegated ? 1 : 0;
    });
  });
}

template <TextRelation kRelation, CaseMode kMode, bool kNegated>
constexpr Overload make_overload() {
  Overload result;
  result.params = {Type::kString, Type::kString};
  result.count = 2;
  result.kernel = {Type::kBool, &run<kRelation, kMode, kNegated>, &prepare<kRelation, kMode>};
  return result;
}
template <TextRelation kRelation, CaseMode kMode, bool kNegated>
constexpr Overload kOverloads[]{make_overload<kRelation, kMode, kNegated>()};

constexpr Param kOperands[]{{"text"}, {"pattern"}};

template <TextRelation kRelation, CaseMode kMode, bool kNegated>
constexpr FunctionDef define(std::string_view name, std::string_view summary, Example example,
                             std::span<const std::string_view> aliases = {}) {
  return {.name = name,
          .aliases = aliases,
          .summary = summary,
          .params = kOperands,
          .example = example,
          .overloads = kOverloads<kRelation, kMode, kNegated>,
          .hidden = true};
}

using enum TextRelation;
constexpr CaseMode kAny = CaseMode::kIgnoreAscii;
constexpr CaseMode kCs = CaseMode::kSensitive;

constexpr FunctionDef kHasDef =
    define<kHas, kAny, false>("has", "The pattern occurs as whole terms.",
                              {R"(print "North America" has "america")", "true"});
constexpr FunctionDef kNotHas =
    define<kHas, kAny, true>("!has", "The pattern does not occur as whole terms.",
                             {R"(print "North America" !has "amer")", "true"});
constexpr FunctionDef kHasCs =
    define<kHas, kCs, false>("has_cs", "The pattern occurs as whole terms, in this case.",
                             {R"(print "North America" has_cs "America")", "true"});
constexpr FunctionDef kNotHasCs =
    define<kHas, kCs, true>("!has_cs", "The pattern does not occur as whole terms, in this case.",
                            {R"(print "North America" !has_cs "america")", "true"});
constexpr FunctionDef kHasPrefixDef =
    define<kHasPrefix, kAny, false>("hasprefix", "A term begins with the pattern.",
                                    {R"(print "North America" hasprefix "ame")", "true"});
constexpr FunctionDef kNotHasPrefix =
    define<kHasPrefix, kAny, true>("!hasprefix", "No term begins with the pattern.",
                                   {R"(print "North America" !hasprefix "mer")", "true"});
constexpr FunctionDef kHasPrefixCs =
    define<kHasPrefix, kCs, false>("hasprefix_cs", "A term begins with the pattern, in this case.",
                                   {R"(print "North America" hasprefix_cs "Ame")", "true"});
constexpr FunctionDef kNotHasPrefixCs =
    define<kHasPrefix, kCs, true>("!hasprefix_cs", "No term begins with the pattern, in this case.",
                                  {R"(print "North America" !hasprefix_cs "CA")", "true"});
constexpr FunctionDef kHasSuffixDef =
    define<kHasSuffix, kAny, false>("hassuffix", "A term ends with the pattern.",
                                    {R"(print "North America" hassuffix "ICA")", "true"});
constexpr FunctionDef kNotHasSuffix =
    define<kHasSuffix, kAny, true>("!hassuffix", "No term ends with the pattern.",
                                   {R"(print "North America" !hassuffix "americ")", "true"});
constexpr FunctionDef kHasSuffixCs =
    define<kHasSuffix, kCs, false>("hassuffix_cs", "A term ends with the pattern, in this case.",
                                   {R"(print "North America" hassuffix_cs "ica")", "true"});
constexpr FunctionDef kNotHasSuffixCs =
    define<kHasSuffix, kCs, true>("!hassuffix_cs", "No term ends with the pattern, in this case.",
                                  {R"(print "North America" !hassuffix_cs "icA")", "true"});

constexpr std::string_view kContainsCsAliases[]{"containscs"};
constexpr std::string_view kNotContainsAliases[]{"notcontains"};
constexpr std::string_view kNotContainsCsAliases[]{"notcontainscs"};
constexpr FunctionDef kContainsDef = define<kContains, kAny, false>(
    "contains", "The pattern occurs somewhere.", {R"(print "FabriKam" contains "BRik")", "true"});
constexpr FunctionDef kNotContains = define<kContains, kAny, true>(
    "!contains", "The pattern does not occur.", {R"(print "Fabrikam" !contains "xyz")", "true"},
    kNotContainsAliases);
constexpr FunctionDef kContainsCs = define<kContains, kCs, false>(
    "contains_cs", "The pattern occurs somewhere, in this case.",
    {R"(print "FabriKam" contains_cs "Kam")", "true"}, kContainsCsAliases);
constexpr FunctionDef kNotContainsCs = define<kContains, kCs, true>(
    "!contains_cs", "The pattern does not occur in this case.",
    {R"(print "Fabrikam" !contains_cs "Kam")", "true"}, kNotContainsCsAliases);
constexpr FunctionDef kStartsWithDef =
    define<kStartsWith, kAny, false>("startswith", "The text begins with the pattern.",
                                     {R"(print "Fabrikam" startswith "fab")", "true"});
constexpr FunctionDef kNotStartsWith =
    define<kStartsWith, kAny, true>("!startswith", "The text does not begin with the pattern.",
                                    {R"(print "Fabrikam" !startswith "kam")", "true"});
constexpr FunctionDef kStartsWithCs = define<kStartsWith, kCs, false>(
    "startswith_cs", "The text begins with the pattern, in this case.",
    {R"(print "Fabrikam" startswith_cs "Fab")", "true"});
constexpr FunctionDef kNotStartsWithCs = define<kStartsWith, kCs, true>(
    "!startswith_cs", "The text does not begin with the pattern, in this case.",
    {R"(print "Fabrikam" !startswith_cs "fab")", "true"});
constexpr FunctionDef kEndsWithDef = define<kEndsWith, kAny, false>(
    "endswith", "The text ends with the pattern.", {R"(print "Fabrikam" endswith "Kam")", "true"});
constexpr FunctionDef kNotEndsWith =
    define<kEndsWith, kAny, true>("!endswith", "The text does not end with the pattern.",
                                  {R"(print "Fabrikam" !endswith "brik")", "true"});
constexpr FunctionDef kEndsWithCs =
    define<kEndsWith, kCs, false>("endswith_cs", "The text ends with the pattern, in this case.",
                                  {R"(print "Fabrikam" endswith_cs "kam")", "true"});
constexpr FunctionDef kNotEndsWithCs = define<kEndsWith, kCs, true>(
    "!endswith_cs", "The text does not end with the pattern, in this case.",
    {R"(print "Fabrikam" !endswith_cs "Kam")", "true"});
constexpr FunctionDef kEqualTilde = define<kEquals, kAny, false>(
    "=~", "Equal without regard to case.", {R"(print "abc" =~ "ABC")", "true"});
constexpr FunctionDef kNotEqualTilde = define<kEquals, kAny, true>(
    "!~", "Not equal, even without regard to case.", {R"(print "aBc" !~ "xyz")", "true"});

constexpr const FunctionDef* kScalars[]{
    &kHasDef,        &kNotHas,         &kHasCs,          &kNotHasCs,      &kHasPrefixDef,
    &kNotHasPrefix,  &kHasPrefixCs,    &kNotHasPrefixCs, &kHasSuffixDef,  &kNotHasSuffix,
    &kHasSuffixCs,   &kNotHasSuffixCs, &kContainsDef,    &kNotContains,   &kContainsCs,
    &kNotContainsCs, &kStartsWithDef,  &kNotStartsWith,  &kStartsWithCs,  &kNotStartsWithCs,
    &kEndsWithDef,   &kNotEndsWith,    &kEndsWithCs,     &kNotEndsWithCs, &kEqualTilde,
    &kNotEqualTilde};

}  // namespace

extern constinit const FunctionTable kTextOperators{"operator", kScalars};

}  // namespace quarry::kql::functions
