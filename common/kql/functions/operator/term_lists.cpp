// has_any, has_all: `has` with several patterns, given as scalars and dynamic arrays.
#include "common/kql/functions/function.h"
#include "common/kql/functions/operator/list_values.h"
#include "common/kql/functions/operator/operand_types.h"
#include "common/kql/functions/operator/term_set.h"
#include "common/kql/functions/operator/text_column_inl.h"
#include "common/kql/functions/operator/text_match.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

enum class Quantifier : std::uint8_t { kAny, kAll };
constexpr std::size_t kManyWords =
    6;  // from here on one pass over the terms beats a search per word

struct TermListState final : KernelState {
  std::vector<TextMatcher> matchers;
  std::optional<TermSet> words;      // of kAny, where there are many: not among the matchers
  std::vector<std::size_t> columns;  // arguments that are not constant

  bool has(std::string_view text, Quantifier quantifier) {
    const auto matches = [&](TextMatcher& matcher) {
      return matcher.matches<TextRelation::kHas>(text);
    };
    if (quantifier == Quantifier::kAll)
      return std::all_of(matchers.begin(), matchers.end(), matches);
    return (words && words->has_any(text)) ||
           std::any_of(matchers.begin(), matchers.end(), matches);
  }
};

template <Quantifier kQuantifier>
Result<std::unique_ptr<KernelState>> prepare(const RunContext&,
                                             std::span<const Scalar* const> constants) {
  auto state = std::make_unique<TermListState>();
  const auto values = constants.subspan(1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == nullptr) state->columns.push_back(i + 1);
  }
  std::vector<std::string> patterns = flatten_texts(values);
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  const auto first_word =
      std::stable_partition(patterns.begin(), patterns.end(),
                            [](const std::string& p) { return !is_single_ascii_term(p); });
  std::vector<std::string> words(first_word, patterns.end());
  if (kQuantifier == Quantifier::kAny && words.size() >= kManyWords) {
    patterns.erase(first_word, patterns.end());
    state->words.emplace(std::move(words));
  }
  for (const std::string& pattern : patterns)
    state->matchers.emplace_back(TextRelation::kHas, CaseMode::kIgnoreAscii, pattern);
  return std::unique_ptr<KernelState>(std::move(state));
}

/// Looks at the patterns that differ from row to row.
template <Quantifier kQuantifier>
bool has_of_columns(const KernelCall& call, std::span<const std::size_t> columns, std::size_t row,
                    std::string_view text) {
  constexpr bool kStopAt = kQuantifier == Quantifier::kAny;
  for (const std::size_t at : columns) {
    const bool stopped = any_text_of(call.args[at], row, [&](std::string_view pattern) {
      return TextMatcher(TextRelation::kHas, CaseMode::kIgnoreAscii, pattern)
                 .matches<TextRelation::kHas>(text) == kStopAt;
    });
    if (stopped) return kStopAt;
  }
  return !kStopAt;
}

template <Quantifier kQuantifier>
Column run(KernelCall& call) {
  auto& state = *static_cast<TermListState*>(call.state);
  return once_if_constant(call, [&](std::size_t rows) {
    if (state.columns.empty()) {
      return test_texts(call.args[0], rows,
                        [&](std::string_view text) { return state.has(text, kQuantifier); });
    }
    const Cells<Type::kString> texts(call.args[0]);
    return fill<Type::kBool>(rows, nullptr, [&](std::size_t i) -> std::uint8_t {
      const std::string_view text = texts[i].view();
      const bool constants = state.has(text, kQuantifier);
      if (constants == (kQuantifier == Quantifier::kAny)) return constants ? 1 : 0;
      return has_of_columns<kQuantifier>(call, state.columns, i, text) ? 1 : 0;
    });
  });
}

template <Quantifier kQuantifier>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  ResolvedScalar resolved{{Type::kString},
                          ScalarKernel{Type::kBool, &run<kQuantifier>, &prepare<kQuantifier>}};
  const auto is_text = [](Type type) {
    return type == Type::kString || type == Type::kDynamic || type == Type::kUnknown;
  };
  for (const Argument& value : arguments.subspan(1)) resolved.argument_types.push_back(value.type);
  if (!is_text(arguments[0].type)) {
    return not_defined_for(kQuantifier == Quantifier::kAny ? "has_any" : "has_all",
                           arguments[0].type, Type::kString, "make it a text with tostring()");
  }
  return resolved;
}

constexpr Param kParams[]{{"text"}, {.name = "patterns", .optional = true, .repeats = true}};

constexpr FunctionDef kHasAny{
    .name = "has_any",
    .summary = "One of the patterns occurs as whole terms.",
    .params = kParams,
    .example = {R"(print "North America" has_any ("south", "north"))", "true"},
    .resolve = &resolve<Quantifier::kAny>,
    .hidden = true};
constexpr FunctionDef kHasAll{
    .name = "has_all",
    .summary = "Every pattern occurs as whole terms.",
    .params = kParams,
    .example = {R"(print "North America" has_all ("america", "north"))", "true"},
    .resolve = &resolve<Quantifier::kAll>,
    .hidden = true};

constexpr const FunctionDef* kScalars[]{&kHasAny, &kHasAll};

}  // namespace

extern constinit const FunctionTable kTermLists{"operator", kScalars};

}  // namespace quarry::kql::functions
