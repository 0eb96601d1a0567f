// row_rank_dense, row_rank_min: the rank of a value in sorted rows. Equal neighbours share a rank;
// the next value's is one more (dense), or its place among the rows (min).
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/window/window_inl.h"
#include "common/value/compare.h"

namespace quarry::kql::functions {
namespace {

struct Rank final : KernelState {
  std::uint64_t rows = 0;  // since the start
  std::uint64_t rank = 0;
  Column last;  // the row before this batch
};

enum class Ranking : std::uint8_t { kDense, kMin };

template <Ranking kRanking>
Column run_rank(KernelCall& call) {
  auto& state = *static_cast<Rank*>(call.state);
  const Restart restart(call, 1);
  const Column& terms = call.args[0];
  const auto equals_last = [&](std::size_t row) {
    return (row > 0 ? compare_rows(terms, row, terms, row - 1)
                    : compare_rows(terms, 0, state.last, 0)) == 0;
  };
  Column ranks = fill<Type::kLong>(call.rows, nullptr, [&](std::size_t row) {
    if (restart.at(row)) state.rows = state.rank = 0;
    ++state.rows;
    if (state.rows == 1 || !equals_last(row))
      state.rank = kRanking == Ranking::kDense ? state.rank + 1 : state.rows;
    return static_cast<std::int64_t>(state.rank);
  });
  if (call.rows > 0) state.last = terms.slice(call.rows - 1, 1).owned();
  return ranks;
}

template <Ranking kRanking>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  const Type term = arguments[0].type;
  if (term == Type::kDynamic) {
    return Failure(Error(ErrorCode::kQuery, "a rank wants values that have an order, not dynamic",
                         "convert them: tostring(), tolong()")
                       .at(SourceSpan{0, 0}));
  }
  ResolvedScalar resolved;
  resolved.argument_types.push_back(term);
  if (arguments.size() > 1) resolved.argument_types.push_back(Type::kBool);
  resolved.kernel = window_kernel<Rank>(Type::kLong, &run_rank<kRanking>);
  return resolved;
}

constexpr Param kParams[]{{.name = "term", .help = "The value that the rows are sorted by."},
                          kRestartParam};
constexpr FunctionDef kDense{.name = "row_rank_dense",
                             .summary = "Rank of a value in sorted rows, without gaps.",
                             .params = kParams,
                             .example = {"datatable (x: long) [3, 3, 7] | sort by x asc | extend r "
                                         "= row_rank_dense(x) | where x == 7 | project r",
                                         "2"},
                             .resolve = &resolve<Ranking::kDense>};
constexpr std::string_view kMinAliases[]{"row_rank"};
constexpr FunctionDef kMin{
    .name = "row_rank_min",
    .aliases = kMinAliases,
    .summary = "Rank of a value in sorted rows: the number of the first row that has it.",
    .params = kParams,
    .example = {"datatable (x: long) [3, 3, 7] | sort by x asc | extend r = row_rank_min(x) | "
                "where x == 7 | project r",
                "3"},
    .resolve = &resolve<Ranking::kMin>};
constexpr const FunctionDef* kScalars[]{&kDense, &kMin};

}  // namespace

extern constinit const FunctionTable kRowRankFunctions{"window", kScalars};

}  // namespace quarry::kql::functions
