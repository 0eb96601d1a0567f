// take_any(): the values of one row of the group: the first. KQL: with a single argument a value is preferred to null or "".
#include "common/kql/functions/aggregate/kept_row.h"
#include "common/kql/functions/function.h"
#include "common/value/dynamic.h"

namespace quarry::kql::functions {
namespace {

enum class Rank : std::uint8_t { kNone, kEmpty, kValue };

constexpr std::uint32_t kNotPending = ~std::uint32_t{0};

struct First {
  RowOrder order = 0;
  KeptRow row;
  std::uint32_t pending = kNotPending;
  Rank rank = Rank::kNone;

  bool yields_to(RowOrder other, Rank other_rank) const {
    return other_rank != rank ? other_rank > rank : other < order;
  }
};

First& at(std::byte* state) { return *reinterpret_cast<First*>(state); }

void init(std::byte* state) { new (state) First(); }
void destroy(std::byte* state) { at(state).row.release(); }

template <Type T>
Rank rank_of(const Cells<T>& cells, std::size_t row) {
  if (cells.is_null(row)) return Rank::kEmpty;
  if constexpr (T == Type::kString) {
    if (cells[row].empty()) return Rank::kEmpty;
  }
  return Rank::kValue;
}

/// rank(row) says how good a row is.
template <class RankOf>
void update_with(AggregateCall& call, const RankOf& rank) {
  std::vector<First*> touched;
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    First& first = at(call.states[i]);
    if (first.rank == Rank::kValue && first.order <= call.first + i) continue;
    const Rank mine = rank(i);
    if (!first.yields_to(call.first + i, mine)) continue;
    if (first.pending == kNotPending) touched.push_back(&first);
    first.order = call.first + i;
    first.rank = mine;
    first.pending = static_cast<std::uint32_t>(i);
  }
  for (First* first : touched) {
    first->row.assign(call.args, first->pending);
    first->pending = kNotPending;
  }
}

void update(AggregateCall& call) {
  if (call.args.size() != 1) {
    update_with(call, [](std::size_t) { return Rank::kValue; });
    return;
  }
  dispatch(call.args[0].type(), [&]<Type T>() {
    const Cells<T> cells(call.args[0]);
    update_with(call, [&](std::size_t row) { return rank_of<T>(cells, row); });
  });
}

void merge(std::byte* into, std::byte* from) {
  First& a = at(into);
  First& b = at(from);
  if (b.rank == Rank::kNone || !a.yields_to(b.order, b.rank)) return;
  a.order = b.order;
  a.rank = b.rank;
  a.row.swap(b.row);
}

void finish(FinishCall& call) {
  std::vector<const KeptRow*> rows;
  for (std::byte* state : call.states) rows.push_back(&at(state).row);
  for (std::size_t i = 0; i < call.argument_types.size(); ++i) {
    call.out.push_back(column_of_rows(call.argument_types[i], rows, i));
  }
}

Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  ResolvedAggregate result;
  for (const Argument& argument : arguments) result.argument_types.push_back(argument.type);
  result.kernel.result = arguments[0].type;
  result.kernel.state_size = sizeof(First);
  result.kernel.init = &init;
  result.kernel.update = &update;
  result.kernel.merge = &merge;
  result.kernel.finish = &finish;
  result.kernel.destroy = &destroy;
  return result;
}

constexpr Param kParams[]{{"expr", "What to return; * for all columns.", false, true}};
constexpr AggregateDef kTakeAny{.name = "take_any",
                                .predicate_form = "take_anyif",
                                .summary = "Returns the values of one row of a group, here always the first; a single expression "
                                           "prefers a value to null and empty.",
                                .params = kParams,
                                .example = {"range x from 3 to 5 step 1 | summarize take_any(x)", "3"},
                                .resolve = &resolve,
                                .shape = AggregateShape::kAnyOf,
                                .naming = ResultNaming::kFirstArgument};
constexpr AggregateDef kAny{.name = "any",
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
