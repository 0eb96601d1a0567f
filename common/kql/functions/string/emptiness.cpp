// isempty, isnotempty, isnull, isnotnull. A text is never null; any other value is empty when it is
// null.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/function.h"
#include "common/value/dynamic.h"

namespace quarry::kql::functions {
namespace {

enum class Question : std::uint8_t { kEmpty, kNull };

template <Question kQuestion, Type T>
bool is_missing(const Cells<T>& cells, std::size_t row) {
  if constexpr (T == Type::kString)
    return kQuestion == Question::kEmpty && cells[row].empty();
  else if constexpr (T == Type::kDynamic) {
    if (cells.is_null(row)) return true;
    const DynamicView value(cells[row].json.view());
    return value.is_null() || (kQuestion == Question::kEmpty && value.json() == "\"\"");
  } else {
    return cells.is_null(row);
  }
}

template <Question kQuestion, bool kNegated>
Column run(KernelCall& call) {
  const Column& column = call.args[0];
  return once_if_constant(call, [&](std::size_t rows) {
    return dispatch(column.type(), [&]<Type T>() {
      const Cells<T> cells(column);
      return fill<Type::kBool>(rows, nullptr, [&](std::size_t i) -> std::uint8_t {
        return is_missing<kQuestion, T>(cells, i) != kNegated;
      });
    });
  });
}

template <Question kQuestion, bool kNegated>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  const Type type = arguments[0].type == Type::kUnknown ? Type::kString : arguments[0].type;
  return ResolvedScalar{{type}, ScalarKernel{Type::kBool, &run<kQuestion, kNegated>}};
}

constexpr std::string_view kNotEmptyAliases[]{"notempty"};
constexpr std::string_view kNotNullAliases[]{"notnull"};
constexpr Param kParams[]{{"value", "Any scalar."}};
constexpr FunctionDef kIsEmpty{.name = "isempty",
                               .summary = "True for the empty text and for null.",
                               .params = kParams,
                               .example = {R"(print isempty(""))", "true"},
                               .resolve = &resolve<Question::kEmpty, false>};
constexpr FunctionDef kIsNotEmpty{.name = "isnotempty",
                                  .aliases = kNotEmptyAliases,
                                  .summary = "True unless empty or null.",
                                  .params = kParams,
                                  .example = {R"(print isnotempty(""))", "false"},
                                  .resolve = &resolve<Question::kEmpty, true>};
constexpr FunctionDef kIsNull{.name = "isnull",
                              .summary = "True for null; a text never is.",
                              .params = kParams,
                              .example = {"print isnull(long(null))", "true"},
                              .resolve = &resolve<Question::kNull, false>};
constexpr FunctionDef kIsNotNull{.name = "isnotnull",
                                 .aliases = kNotNullAliases,
                                 .summary = "True unless null.",
                                 .params = kParams,
                                 .example = {"print isnotnull(5)", "true"},
                                 .resolve = &resolve<Question::kNull, true>};

constexpr const FunctionDef* kScalars[]{&kIsEmpty, &kIsNotEmpty, &kIsNull, &kIsNotNull};

}  // namespace

extern constinit const FunctionTable kEmptiness{"string", kScalars};

}  // namespace quarry::kql::functions
