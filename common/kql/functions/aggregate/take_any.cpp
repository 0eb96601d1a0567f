// take_any(): the values of one row of the group: the first. KQL: with a single argument a value is
// preferred to null or "".
#include "common/kql/functions/aggregate/best_row.h"
#include "common/value/dynamic.h"

namespace quarry::kql::functions {
namespace {

enum class Rank : std::uint8_t { kNone, kEmpty, kValue };

struct AnyKey {
  Rank rank = Rank::kNone;

  static int compare(const AnyKey& a, const AnyKey& b) {
    return static_cast<int>(a.rank) - static_cast<int>(b.rank);
  }
  bool is_final() const { return rank == Rank::kValue; }
  void adopt(const KeptRow&) {}
};

template <Type T>
Rank rank_of(const Cells<T>& cells, std::size_t row) {
  if (cells.is_null(row)) return Rank::kEmpty;
  if constexpr (T == Type::kString) {
    if (cells[row].empty()) return Rank::kEmpty;
  }
  return Rank::kValue;
}

void update(AggregateCall& call) {
  if (call.args.size() != 1) {
    BestRow<AnyKey>::update_with(call, [](std::size_t) { return AnyKey{Rank::kValue}; });
    return;
  }
  dispatch(call.args[0].type(), [&]<Type T>() {
    const Cells<T> cells(call.args[0]);
    BestRow<AnyKey>::update_with(call,
                                 [&](std::size_t row) { return AnyKey{rank_of<T>(cells, row)}; });
  });
}

Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  ResolvedAggregate result;
  for (const Argument& argument : arguments) result.argument_types.push_back(argument.type);
  result.kernel = BestRow<AnyKey>::kernel(arguments[0].type);
  result.kernel.update = &update;
  return result;
}

constexpr Param kParams[]{{"expr", "What to return; * for all columns.", false, true}};
constexpr AggregateDef kTakeAny{
    .name = "take_any",
    .predicate_form = "take_anyif",
    .summary =
        "Returns the values of one row of a group, here always the first; a single expression "
        "prefers a value to null and empty.",
    .params = kParams,
    .example = {"range x from 3 to 5 step 1 | summarize take_any(x)", "3"},
    .resolve = &resolve,
    .shape = AggregateShape::kAnyOf,
    .naming = ResultNaming::kFirstArgument};
constexpr AggregateDef kAny{
    .name = "any",
    .predicate_form = "anyif",
    .summary = "The old name of take_any(); a single column is called any_x.",
    .params = kParams,
    .example = {"range x from 3 to 5 step 1 | summarize any(x)", "3"},
    .resolve = &resolve,
    .shape = AggregateShape::kAnyOf};

constexpr const AggregateDef* kDefs[]{&kTakeAny, &kAny};

}  // namespace

extern constinit const FunctionTable kTakeAnyAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
