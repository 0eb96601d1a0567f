// has_any_index: the number of the first pattern of an array that occurs as whole terms.
#include "common/kql/functions/operator/text_match.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

/// The array, taken apart and prepared once where it is constant.
struct PatternList {
  mutable std::vector<TextMatcher> matchers;

  explicit PatternList(const DynamicView& array) {
    ArrayCursor cursor(array);
    DynamicView element;
    std::string pattern;
    while (cursor.next(element)) {
      pattern.clear();
      append_dynamic_as_text(pattern, element);
      matchers.emplace_back(TextRelation::kHas, CaseMode::kIgnoreAscii, pattern);
    }
  }
  std::int64_t first_in(std::string_view text) const {
    for (std::size_t i = 0; i < matchers.size(); ++i) {
      if (matchers[i].matches<TextRelation::kHas>(text)) return static_cast<std::int64_t>(i);
    }
    return -1;
  }
};

struct ListState final : KernelState {
  std::optional<PatternList> list;
};

Result<std::unique_ptr<KernelState>> prepare(const RunContext&,
                                             std::span<const Scalar* const> constants) {
  auto state = std::make_unique<ListState>();
  if (constants[1] != nullptr && !constants[1]->is_null()) {
    state->list.emplace(DynamicView(constants[1]->get<DynamicText>().json));
  }
  return std::unique_ptr<KernelState>(std::move(state));
}

std::int64_t has_any_index(std::string_view source, DynamicView values) {
  return PatternList(values).first_in(source);
}

Column run(KernelCall& call) {
  auto& state = *static_cast<ListState*>(call.state);
  if (!state.list) return rowwise_overload<has_any_index>.kernel.run(call);
  const Cells<Type::kString> texts(call.args[0]);
  ColumnBuilder<Type::kLong> out(call.rows);
  for (std::size_t i = 0; i < call.rows; ++i) out.append(state.list->first_in(texts[i].view()));
  return out.finish();
}

constexpr Overload make_overload() {
  Overload result = rowwise_overload<has_any_index>;
  result.kernel.run = &run;
  result.kernel.prepare = &prepare;
  return result;
}
constexpr Overload kOverloads[]{make_overload()};

constexpr Param kParams[]{{"source", "Text to search."}, {"values", "Array of patterns."}};
constexpr FunctionDef kHasAnyIndexDef{
    .name = "has_any_index",
    .summary = "Which pattern of an array occurs first in the array's order; -1: none.",
    .params = kParams,
    .example = {R"kql(print has_any_index("this is an example", dynamic(["that", "example"])))kql",
                "1"},
    .overloads = kOverloads};

constexpr const FunctionDef* kScalars[]{&kHasAnyIndexDef};

}  // namespace

extern constinit const FunctionTable kHasAnyIndex{"string", kScalars};

}  // namespace quarry::kql::functions
