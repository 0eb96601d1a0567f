// in, !in, in~, !in~: equal to one of the values, which may be scalars and dynamic arrays in any
// mixture (arrays are taken apart). Values are cast to the type of the left side. A null is in no
// list.
#include "common/base/unicode.h"
#include "common/kql/functions/function.h"
#include "common/kql/functions/operator/list_values.h"
#include "common/kql/functions/operator/operand_types.h"
#include "common/kql/functions/operator/text_column_inl.h"
#include "common/kql/functions/operator/text_set.h"
#include "common/value/compare.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

struct MembershipState : KernelState {
  std::vector<std::size_t> columns;  // arguments that are not constant
};

/// The constants of one type, sorted.
template <Type T>
struct ValueSet {
  std::vector<Cell<T>> values;

  ValueSet(const std::vector<Scalar>& constants, CaseMode) {
    for (const Scalar& constant : constants) {
      const Column cast = cast_column(constant.as_column(1), T);
      const Cells<T> cells(cast);
      if (cells.is_null(0)) continue;
      // 2.5 is no long, although a cast would make it 2.
      if (is_integer(T) && constant.type() == Type::kReal &&
          constant.get<double>() != static_cast<double>(as_long(cells[0])))
        continue;
      values.push_back(cells[0]);
    }
    std::sort(values.begin(), values.end(), less);
  }
  bool contains(const Cell<T>& value) const {
    return std::binary_search(values.begin(), values.end(), value, less);
  }
  static bool less(const Cell<T>& a, const Cell<T>& b) { return compare_cells(a, b) < 0; }
  static std::int64_t as_long(const Cell<T>& cell) {
    if constexpr (is_integer(T))
      return cell;
    else
      return 0;
  }
};

template <Type T>
struct TypedState final : MembershipState {
  using Set = std::conditional_t<T == Type::kString, TextSet, ValueSet<T>>;
  std::optional<Set> set;
};

template <Type T, CaseMode kMode>
Result<std::unique_ptr<KernelState>> prepare(const RunContext&,
                                             std::span<const Scalar* const> constants) {
  auto state = std::make_unique<TypedState<T>>();
  const auto values = constants.subspan(1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == nullptr) state->columns.push_back(i + 1);
  }
  if constexpr (T == Type::kString)
    state->set.emplace(flatten_texts(values), kMode);
  else
    state->set.emplace(flatten_constants(values), kMode);
  return std::unique_ptr<KernelState>(std::move(state));
}

/// Looks at the values that differ from row to row.
template <CaseMode kMode>
bool is_in_columns(const KernelCall& call, std::span<const std::size_t> columns, std::size_t row) {
  const Column& left = call.args[0];
  for (const std::size_t at : columns) {
    const Column& column = call.args[at];
    if (column.type() == left.type() && left.type() != Type::kString) {
      if (!NullCheck(column).is_null(row) && compare_rows(left, row, column, row) == 0) return true;
      continue;
    }
    std::string text;
    append_cell_text(text, left, row);
    const bool found = any_text_of(column, row, [&](std::string_view value) {
      return kMode == CaseMode::kSensitive ? value == text
                                           : unicode::equals_ignore_case(value, text);
    });
    if (found) return true;
  }
  return false;
}

template <Type T, CaseMode kMode, bool kNegated>
Column run(KernelCall& call) {
  auto& state = *static_cast<TypedState<T>*>(call.state);
  return once_if_constant(call, [&](std::size_t rows) {
    const Column& left = call.args[0];
    if constexpr (T == Type::kString) {
      if (state.columns.empty()) {
        return test_texts(left, rows, [&](std::string_view text) {
          return state.set->contains(text) != kNegated;
        });
      }
    }
    const Cells<T> cells(left);
    return fill<Type::kBool>(rows, nullptr, [&](std::size_t i) -> std::uint8_t {
      if (cells.is_null(i)) return kNegated ? 1 : 0;
      const bool found = state.set->contains(cells[i]) ||
                         (!state.columns.empty() && is_in_columns<kMode>(call, state.columns, i));
      return found != kNegated ? 1 : 0;
    });
  });
}

/// The types of all values that are known before the query runs.
std::vector<Type> value_types(std::span<const Argument> values) {
  std::vector<Type> types;
  for (const Argument& value : values) {
    if (value.type != Type::kDynamic) {
      types.push_back(value.type);
    } else if (value.constant != nullptr) {
      for (const Scalar& element : flatten_constants({&value.constant, 1}))
        types.push_back(element.type());
    }
  }
  return types;
}

/// The type in which left side and values are compared.
Type meeting_type(std::span<const Argument> arguments) {
  const std::vector<Type> types = value_types(arguments.subspan(1));
  Type meeting = arguments[0].type;
  if (meeting == Type::kUnknown || (meeting == Type::kDynamic && types.empty()))
    return Type::kString;
  if (meeting == Type::kDynamic) meeting = types[0];
  const bool was_dynamic = arguments[0].type == Type::kDynamic;
  for (const Type type : types) {
    if (type == meeting || type == Type::kUnknown) continue;
    const Type widest = widest_number(meeting, type);
    if (widest != Type::kUnknown)
      meeting = widest;
    else if (was_dynamic)
      return Type::kString;
  }
  return meeting == Type::kDynamic || meeting == Type::kUnknown ? Type::kString : meeting;
}

template <CaseMode kMode, bool kNegated>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  const Type meeting = meeting_type(arguments);
  ResolvedScalar resolved;
  resolved.argument_types.push_back(meeting);
  for (const Argument& value : arguments.subspan(1)) {
    const bool convertible = value.type == meeting || widest_number(value.type, meeting) == meeting;
    if (value.constant == nullptr && value.type != Type::kDynamic && value.type != Type::kUnknown &&
        !convertible) {
      return not_defined_for(kNegated ? "!in" : "in", arguments[0].type, value.type,
                             "cast the values to the type of the left side");
    }
    resolved.argument_types.push_back(value.constant == nullptr && convertible ? meeting
                                                                               : value.type);
  }
  resolved.kernel = dispatch(meeting, []<Type T>() {
    if constexpr (T == Type::kDynamic)
      return ScalarKernel{};
    else
      return ScalarKernel{Type::kBool, &run<T, kMode, kNegated>, &prepare<T, kMode>};
  });
  return resolved;
}

constexpr Param kParams[]{{"value"}, {.name = "values", .optional = true, .repeats = true}};

constexpr FunctionDef kIn{.name = "in",
                          .summary = "Equal to one of the values.",
                          .params = kParams,
                          .example = {R"(print "b" in ("a", "b"))", "true"},
                          .resolve = &resolve<CaseMode::kSensitive, false>,
                          .hidden = true};
constexpr FunctionDef kNotIn{.name = "!in",
                             .summary = "Equal to none of the values.",
                             .params = kParams,
                             .example = {R"(print "b" !in ("a", "B"))", "true"},
                             .resolve = &resolve<CaseMode::kSensitive, true>,
                             .hidden = true};
constexpr FunctionDef kInTilde{.name = "in~",
                               .summary = "Equal to one of the values without regard to case.",
                               .params = kParams,
                               .example = {R"(print "b" in~ ("a", "B"))", "true"},
                               .resolve = &resolve<CaseMode::kIgnoreAscii, false>,
                               .hidden = true};
constexpr FunctionDef kNotInTilde{
    .name = "!in~",
    .summary = "Equal to none of the values, even without regard to case.",
    .params = kParams,
    .example = {R"(print "b" !in~ ("a", "B"))", "false"},
    .resolve = &resolve<CaseMode::kIgnoreAscii, true>,
    .hidden = true};

constexpr const FunctionDef* kScalars[]{&kIn, &kNotIn, &kInTilde, &kNotInTilde};

}  // namespace

extern constinit const FunctionTable kMembership{"operator", kScalars};

}  // namespace quarry::kql::functions
