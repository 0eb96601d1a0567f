// arg_max() and arg_min(): the row that has the greatest or least value of the first argument.
//
// Every row is only compared; rows are copied once a batch and group, for the best of the batch. Ties go to the earliest row of
// the input. KQL: a null extreme loses against every value, but a group of nulls alone still gives its (first) row.
#include "common/kql/functions/aggregate/kept_row.h"
#include "common/kql/functions/function.h"
#include "common/value/compare.h"

namespace quarry::kql::functions {
namespace {

enum class Side : std::uint8_t { kLeast, kGreatest };
enum class Rank : std::uint8_t { kEmpty, kNull, kValue };

constexpr std::uint32_t kNotPending = ~std::uint32_t{0};

/// `row` holds the best of the earlier batches; row `pending` of this batch, where set, is better.
template <Type T>
struct Best {
  Cell<T> key{};  // a text in it points into the batch while pending, into `row` otherwise
  RowOrder order = 0;
  KeptRow row;
  std::uint32_t pending = kNotPending;
  Rank rank = Rank::kEmpty;
};

template <Type T, Side kSide>
struct ArgExtreme {
  using State = Best<T>;

  static State& at(std::byte* state) { return *reinterpret_cast<State*>(state); }

  static bool better(const Cell<T>& key, RowOrder order, Rank rank, const State& than) {
    if (rank != than.rank) return rank > than.rank;
    const int difference = rank == Rank::kValue ? compare_cells(key, than.key) : 0;
    if (difference != 0) return kSide == Side::kGreatest ? difference > 0 : difference < 0;
    return order < than.order;
  }

  static void init(std::byte* state) { new (state) State(); }
  static void destroy(std::byte* state) { at(state).row.release(); }

  static void update(AggregateCall& call) {
    const Cells<T> keys(call.args[0]);
    std::vector<State*> touched;
    for (std::size_t i = 0; i < call.states.size(); ++i) {
      State& best = at(call.states[i]);
      const Rank rank = keys.is_null(i) ? Rank::kNull : Rank::kValue;
      if (!better(keys[i], call.first + i, rank, best)) continue;
      if (best.pending == kNotPending) touched.push_back(&best);
      best.key = keys[i];
      best.order = call.first + i;
      best.rank = rank;
      best.pending = static_cast<std::uint32_t>(i);
    }
    for (State* best : touched) {
      best->row.assign(call.args, best->pending);
      best->pending = kNotPending;
      adopt_key(*best);
    }
  }

  static void adopt_key(State& best) { best.key = *reinterpret_cast<const Cell<T>*>(best.row.cell(0)); }

  static void merge(std::byte* into, std::byte* from) {
    State& a = at(into);
    State& b = at(from);
    if (!better(b.key, b.order, b.rank, a)) return;
    a.key = b.key;
    a.order = b.order;
    a.rank = b.rank;
    a.row.swap(b.row);
  }

  static void finish(FinishCall& call) {
    std::vector<const KeptRow*> rows;
    for (std::byte* state : call.states) rows.push_back(&at(state).row);
    for (std::size_t i = 0; i < call.argument_types.size(); ++i) {
      call.out.push_back(column_of_rows(call.argument_types[i], rows, i));
    }
  }

  static AggregateKernel kernel() {
    AggregateKernel result;
    result.result = T;
    result.state_size = sizeof(State);
    result.init = &init;
    result.update = &update;
    result.merge = &merge;
    result.finish = &finish;
    result.destroy = &destroy;
    return result;
  }
};

template <Side kSide>
Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  ResolvedAggregate result;
  for (const Argument& argument : arguments) result.argument_types.push_back(argument.type);
  result.kernel = dispatch(arguments[0].type, []<Type T>() { return ArgExtreme<T, kSide>::kernel(); });
  return result;
}

constexpr std::string_view kMaxAliases[]{"argmax"};
constexpr std::string_view kMinAliases[]{"argmin"};
constexpr Param kMaxParams[]{{"maximized", "Decides which row is taken; the earliest of equals."},
                             {"returned", "What to return of that row; * for all columns.", true, true}};
constexpr Param kMinParams[]{{"minimized", "Decides which row is taken; the earliest of equals."},
                             {"returned", "What to return of that row; * for all columns.", true, true}};
constexpr AggregateDef kArgMax{.name = "arg_max",
                               .aliases = kMaxAliases,
                               .summary = "Finds the row with the greatest value of an expression and returns columns of it.",
                               .params = kMaxParams,
                               .example = {"range x from 1 to 4 step 1 | summarize arg_max(x % 3, x)", "2"},
                               .resolve = &resolve<Side::kGreatest>,
                               .shape = AggregateShape::kArgExtreme};
constexpr AggregateDef kArgMin{.name = "arg_min",
                               .aliases = kMinAliases,
                               .summary = "Finds the row with the least value of an expression and returns columns of it.",
                               .params = kMinParams,
                               .example = {"range x from 1 to 4 step 1 | summarize arg_min(x % 3, x)", "0"},
                               .resolve = &resolve<Side::kLeast>,
                               .shape = AggregateShape::kArgExtreme};

constexpr const AggregateDef* kDefs[]{&kArgMax, &kArgMin};

}  // namespace

extern constinit const FunctionTable kArgExtremeAggregates{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
