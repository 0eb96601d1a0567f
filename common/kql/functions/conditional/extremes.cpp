// min_of, max_of: the least and the greatest of the arguments; nulls are passed over.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/conditional/common_type.h"
#include "common/value/builder.h"
#include "common/value/compare.h"

namespace quarry::kql::functions {
namespace {

enum class Extreme : std::int8_t { kLeast = -1, kGreatest = 1 };

template <Extreme kExtreme, Type T>
Column run(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    std::vector<Cells<T>> cells;
    ColumnBuilder<T> out(rows);
    for (const Column& column : call.args) {
      cells.emplace_back(column);
      if constexpr (T == Type::kString || T == Type::kDynamic) out.keep(column.keep());
    }
    for (std::size_t i = 0; i < rows; ++i) {
      const Cell<T>* best = nullptr;
      for (const Cells<T>& candidates : cells) {
        if (candidates.is_null(i)) continue;
        const Cell<T>& candidate = candidates[i];
        if (best == nullptr || compare_cells(candidate, *best) * static_cast<int>(kExtreme) > 0)
          best = &candidate;
      }
      if (best == nullptr)
        out.append_null();
      else
        out.append(*best);
    }
    return out.finish();
  });
}

template <Extreme kExtreme>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  std::vector<Type> types;
  for (const Argument& argument : arguments) types.push_back(argument.type);
  QUARRY_TRY(const Type common, common_type_of(types));
  ResolvedScalar resolved;
  resolved.argument_types.assign(arguments.size(), common);
  resolved.kernel.result = common;
  resolved.kernel.run = dispatch(common, []<Type T>() -> ScalarFn { return &run<kExtreme, T>; });
  return resolved;
}

constexpr Param kParams[]{{.name = "value", .help = "Values of one type.", .repeats = true}};
constexpr FunctionDef kMinOf{.name = "min_of",
                             .summary = "The least of its arguments.",
                             .params = kParams,
                             .example = {"print min_of(10, 1, -3, 17)", "-3"},
                             .resolve = &resolve<Extreme::kLeast>};
constexpr FunctionDef kMaxOf{.name = "max_of",
                             .summary = "The greatest of its arguments.",
                             .params = kParams,
                             .example = {"print max_of(10, 1, -3, 17)", "17"},
                             .resolve = &resolve<Extreme::kGreatest>};

constexpr const FunctionDef* kScalars[]{&kMinOf, &kMaxOf};

}  // namespace

extern constinit const FunctionTable kExtremes{"conditional", kScalars};

}  // namespace quarry::kql::functions
