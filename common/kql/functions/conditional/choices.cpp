// iff, case, coalesce: one of several values, row by row.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/conditional/common_type.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"

namespace quarry::kql::functions {
namespace {

/// A column whose row i is the cell of column pick(i); texts stay where they are.
template <Type T, class Pick>
Column choose(std::span<const Column> columns, std::size_t rows, Pick&& pick) {
  std::vector<Cells<T>> cells;
  ColumnBuilder<T> out(rows);
  for (const Column& column : columns) {
    cells.emplace_back(column);
    if constexpr (T == Type::kString || T == Type::kDynamic) out.keep(column.keep());
  }
  for (std::size_t i = 0; i < rows; ++i) {
    const Cells<T>& chosen = cells[pick(i)];
    if (chosen.is_null(i))
      out.append_null();
    else
      out.append(chosen[i]);
  }
  return out.finish();
}

/// case(predicate, value, …, else) is iff() with more branches.
template <Type T>
Column run_case(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    std::vector<Cells<Type::kBool>> predicates;
    std::vector<Column> values;
    for (std::size_t i = 0; i + 1 < call.args.size(); i += 2) {
      predicates.emplace_back(call.args[i]);
      values.push_back(call.args[i + 1]);
    }
    values.push_back(call.args.back());
    return choose<T>(values, rows, [&](std::size_t row) {
      std::size_t branch = 0;
      while (branch < predicates.size() &&
             (predicates[branch].is_null(row) || predicates[branch][row] == 0))
        ++branch;
      return branch;
    });
  });
}

Result<ResolvedScalar> resolve_case(std::span<const Argument> arguments) {
  if (arguments.size() % 2 == 0) {
    return fail(ErrorCode::kQuery,
                "case() takes pairs of predicate and value, and a value for all else",
                "add the last value");
  }
  std::vector<Type> branches;
  for (std::size_t i = 1; i < arguments.size(); i += 2) branches.push_back(arguments[i].type);
  branches.push_back(arguments.back().type);
  QUARRY_TRY(const Type common, common_type_of(branches));
  ResolvedScalar resolved;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool predicate = i % 2 == 0 && i + 1 < arguments.size();
    const Type given = arguments[i].type;
    if (predicate && given != Type::kBool && given != Type::kDynamic && given != Type::kUnknown) {
      return Failure(Error(ErrorCode::kQuery,
                           "a condition (bool) is expected, not " + std::string(name_of(given)))
                         .at(SourceSpan{static_cast<std::uint32_t>(i), 0}));
    }
    resolved.argument_types.push_back(predicate ? Type::kBool : common);
  }
  resolved.kernel.result = common;
  resolved.kernel.run = dispatch(common, []<Type T>() -> ScalarFn { return &run_case<T>; });
  return resolved;
}

template <Type T>
bool has_value(const Cells<T>& cells, std::size_t row) {
  if constexpr (T == Type::kString)
    return !cells[row].empty();
  else if constexpr (T == Type::kDynamic)
    return !cells.is_null(row) && !DynamicView(cells[row].json.view()).is_null();
  else
    return !cells.is_null(row);
}

template <Type T>
Column run_coalesce(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    std::vector<Cells<T>> cells;
    for (const Column& column : call.args) cells.emplace_back(column);
    return choose<T>(call.args, rows, [&](std::size_t row) {
      std::size_t at = 0;
      while (at + 1 < cells.size() && !has_value<T>(cells[at], row)) ++at;
      return at;
    });
  });
}

Result<ResolvedScalar> resolve_coalesce(std::span<const Argument> arguments) {
  std::vector<Type> types;
  for (const Argument& argument : arguments) types.push_back(argument.type);
  QUARRY_TRY(const Type common, common_type_of(types));
  ResolvedScalar resolved;
  resolved.argument_types.assign(arguments.size(), common);
  resolved.kernel.result = common;
  resolved.kernel.run = dispatch(common, []<Type T>() -> ScalarFn { return &run_coalesce<T>; });
  return resolved;
}

constexpr std::string_view kIffAliases[]{"iif"};
constexpr Param kIffParams[]{{"if", "Condition."},
                             {"then", "Value where it is true."},
                             {"else", "Value where it is false or null."}};
constexpr Param kCaseParams[]{
    {"predicate", "Condition."},
    {"then", "Value where it is the first that is true."},
    {.name = "else", .help = "Further pairs, then the value for all else.", .repeats = true}};
constexpr Param kCoalesceParams[]{
    {.name = "value", .help = "Values of one type.", .repeats = true}};

constexpr FunctionDef kIff{.name = "iff",
                           .aliases = kIffAliases,
                           .summary = "One of two values, by a condition.",
                           .params = kIffParams,
                           .example = {R"(print iff(2 > 1, "yes", "no"))", "yes"},
                           .resolve = &resolve_case};
constexpr FunctionDef kCase{.name = "case",
                            .summary = "The value of the first condition that is true.",
                            .params = kCaseParams,
                            .example = {R"(print case(5 < 3, "low", 5 < 7, "mid", "high"))", "mid"},
                            .resolve = &resolve_case};
constexpr FunctionDef kCoalesce{
    .name = "coalesce",
    .summary = "The first value that is neither null nor an empty text.",
    .params = kCoalesceParams,
    .example = {"print coalesce(long(null), 42)", "42"},
    .resolve = &resolve_coalesce};

constexpr const FunctionDef* kScalars[]{&kIff, &kCase, &kCoalesce};

}  // namespace

extern constinit const FunctionTable kChoices{"conditional", kScalars};

}  // namespace quarry::kql::functions
