// arg_max() and arg_min(): the row that has the greatest or least value of the first argument.
// KQL: a null extreme loses against every value, but a group of nulls alone still gives its (first)
// row.
#include "common/kql/functions/aggregate/best_row.h"
#include "common/value/compare.h"

namespace quarry::kql::functions {
namespace {

enum class Side : std::uint8_t { kLeast, kGreatest };
enum class Rank : std::uint8_t { kEmpty, kNull, kValue };

/// A text in it points into the batch, and into the kept row once that is copied.
template <Type T, Side kSide>
struct ExtremeKey {
  Rank rank = Rank::kEmpty;
  Cell<T> cell{};

  template <class Other>
  static int compare(const Other& a, const ExtremeKey& b) {
    if (a.rank != b.rank) return a.rank > b.rank ? 1 : -1;
    if (a.rank != Rank::kValue) return 0;
    const int difference = compare_cells(a.cell, b.cell);
    return kSide == Side::kGreatest ? difference : -difference;
  }
  static constexpr bool is_final() { return false; }
  void adopt(const KeptRow& row) { cell = *reinterpret_cast<const Cell<T>*>(row.cell(0)); }
};

/// A row of the batch; texts are not copied only to be compared.
template <Type T, Side kSide>
struct Candidate {
  Rank rank;
  const Cell<T>& cell;
  operator ExtremeKey<T, kSide>() const { return {rank, cell}; }
};

template <Type T, Side kSide>
void update(AggregateCall& call) {
  using Key = ExtremeKey<T, kSide>;
  const Cells<T> cells(call.args[0]);
  BestRow<Key>::update_with(call, [&](std::size_t row) {
    return Candidate<T, kSide>{cells.is_null(row) ? Rank::kNull : Rank::kValue, cells[row]};
  });
}

template <Type T, Side kSide>
AggregateKernel kernel() {
  AggregateKernel result = BestRow<ExtremeKey<T, kSide>>::kernel(T);
  result.update = &update<T, kSide>;
  return result;
}

template <Side kSide>
Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  ResolvedAggregate result;
  for (const Argument& argument : arguments) result.argument_types.push_back(argument.type);
  result.kernel = dispatch(arguments[0].type, []<Type T>() { return kernel<T, kSide>(); });
  return result;
}

constexpr std::string_view kMaxAliases[]{"argmax"};
constexpr std::string_view kMinAliases[]{"argmin"};
constexpr Param kMaxParams[]{
    {"maximized", "Decides which row is taken; the earliest of equals."},
    {"returned", "What to return of that row; * for all columns.", true, true}};
constexpr Param kMinParams[]{
    {"minimized", "Decides which row is taken; the earliest of equals."},
    {"returned", "What to return of that row; * for all columns.", true, true}};
constexpr AggregateDef kArgMax{
    .name = "arg_max",
    .aliases = kMaxAliases,
    .summary = "Finds the row with the greatest value of an expression and returns columns of it.",
    .params = kMaxParams,
    .example = {"range x from 1 to 4 step 1 | summarize arg_max(x % 3, x)", "2"},
    .resolve = &resolve<Side::kGreatest>,
    .shape = AggregateShape::kArgExtreme};
constexpr AggregateDef kArgMin{
    .name = "arg_min",
    .aliases = kMinAliases,
    .summary = "Finds the row with the least value of an expression and returns columns of it.",
    .params = kMinParams,
    .example = {"range x from 1 to 4 step 1 | summarize arg_min(x % 3, x)", "0"},
    .resolve = &resolve<Side::kLeast>,
    .shape = AggregateShape::kArgExtreme};

constexpr const AggregateDef* kDefs[]{&kArgMax, &kArgMin};

}  // namespace

extern constinit const FunctionTable kArgExtremeAggregates{.family = "aggregate",
                                                           .aggregates = kDefs};

}  // namespace quarry::kql::functions
