#include "common/kql/exec/sort.h"

#include "common/kql/exec/spill/placed_parts.h"

#include <algorithm>
#include <span>

namespace quarry::exec {
namespace {

/// Below this many rows pruning is not worth its sort.
constexpr std::uint64_t kPruneRows = 8192;

std::vector<Batch> batches_of(std::vector<PlacedBatch>& placed) {
  put_in_order(placed);
  std::vector<Batch> batches;
  for (PlacedBatch& each : placed) batches.push_back(std::move(each.batch));
  return batches;
}

/// The place of every row of the concatenated batches.
std::vector<kql::RowOrder> places_of(const std::vector<PlacedBatch>& placed) {
  std::vector<kql::RowOrder> places;
  for (const PlacedBatch& each : placed) {
    for (std::size_t i = 0; i < each.batch.rows(); ++i) places.push_back(each.first + i);
  }
  return places;
}

/// Rows of the batch, in the order of their numbers given, as a run.
Result<SpillRun> write_sorted(const Batch& batch, std::span<const std::uint32_t> rows,
                              const ExecContext& context) {
  RunWriter writer(*context.spill, chunk_bytes(context.memory->limit()));
  for (std::size_t begin = 0; begin < rows.size(); begin += kDefaultBatchRows) {
    QUARRY_CHECK(check_cancelled(context));
    const auto part = rows.subspan(begin, std::min(kDefaultBatchRows, rows.size() - begin));
    QUARRY_CHECK(writer.write(
        batch.selected(std::make_shared<std::vector<std::uint32_t>>(part.begin(), part.end()))));
  }
  return writer.finish();
}

}  // namespace

struct Sort::State final : SinkState {
  explicit State(const ExecContext& exec) : context(exec), share(exec.memory) {}
  const ExecContext& context;
  std::vector<PlacedBatch> batches;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::uint64_t next_prune = 0;
  std::optional<std::uint64_t>
      worst;  // prefix of the last row that is still among the first `limit`
  std::vector<SpillRun> runs;
  MemoryShare share;
};

Result<std::unique_ptr<SinkState>> Sort::make_state(const ExecContext& context) {
  auto state = std::make_unique<State>(context);
  state->next_prune = std::max(kPruneRows, 2 * limit_.value_or(0));
  return std::unique_ptr<SinkState>(std::move(state));
}

Result<Flow> Sort::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  auto& mine = static_cast<State&>(state);
  if (limit_ && *limit_ == 0) return Flow::kDone;
  if (mine.worst) {  // most rows of a long input are worse than all that is kept
    const auto prefixes = order_prefixes(batch.column(keys_.front().column), keys_.front());
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      if (prefixes[i] > *mine.worst) continue;
      mine.batches.push_back({first + i, batch.slice(i, 1).owned()});
      ++mine.rows;
      mine.bytes += mine.batches.back().batch.memory();
    }
  } else {
    mine.batches.push_back({first, batch.owned()});
    mine.rows += batch.rows();
    mine.bytes += mine.batches.back().batch.memory();
  }
  if (limit_ && mine.rows >= mine.next_prune) prune(mine);
  const ExecContext& context = mine.context;
  if (context.spill != nullptr && context.memory->is_tight(mine.bytes, context.threads)) {
    QUARRY_CHECK(spill(mine.batches, context, mine.runs));
    mine.rows = 0;
    mine.bytes = 0;
  }
  QUARRY_CHECK(mine.share.resize(mine.bytes));
  return Flow::kMoreInput;
}

/// Keeps the first `limit` rows; each is a batch of its own place again.
void Sort::prune(State& state) const {
  put_in_order(state.batches);
  const std::vector<kql::RowOrder> places = places_of(state.batches);
  const Batch all = concatenate(batches_of(state.batches), types_);
  std::vector<std::uint32_t> rows = sorted_rows(all, keys_);
  rows.resize(std::min<std::size_t>(rows.size(), *limit_));
  const auto kept = std::make_shared<std::vector<std::uint32_t>>(rows);
  state.worst = order_prefixes(all.column(keys_.front().column), keys_.front())[rows.back()];
  const Batch best = all.selected(kept).owned();
  state.batches.clear();
  for (std::size_t i = 0; i < rows.size(); ++i)
    state.batches.push_back({places[rows[i]], best.slice(i, 1)});
  state.rows = rows.size();
  state.bytes = best.memory();
}

/// Moves the batches to disk.
Result<void> Sort::spill(std::vector<PlacedBatch>& batches, const ExecContext& context,
                         std::vector<SpillRun>& runs) const {
  return for_each_part(batches, types_, context, [&](const Batch& all) -> Result<void> {
    std::vector<std::uint32_t> rows = sorted_rows(all, keys_);
    if (limit_) rows.resize(std::min<std::size_t>(rows.size(), *limit_));
    QUARRY_TRY(SpillRun run, write_sorted(all, rows, context));
    runs.push_back(std::move(run));
    return {};
  });
}

Result<void> Sort::combine(SinkState& state) {
  auto& mine = static_cast<State&>(state);
  for (PlacedBatch& batch : mine.batches) collected_.push_back(std::move(batch));
  for (SpillRun& run : mine.runs) runs_.push_back(std::move(run));
  rows_->shares.push_back(std::move(mine.share));
  return {};
}

/// One worker has spilled: what the others hold becomes runs, too.
Result<void> Sort::spill_all(const ExecContext& context) {
  QUARRY_CHECK(spill(collected_, context, runs_));
  rows_->shares.clear();
  rows_->columns = types_.size();
  rows_->limit = limit_;
  SortedRuns& sorted = rows_->sorted.emplace(SortedRuns{std::move(runs_), types_, keys_});
  sorted.types.push_back(Type::kLong);
  sorted.keys.push_back({.column = types_.size()});
  return merge_until_few(sorted, context);
}

Result<void> Sort::finish(const ExecContext& context) {
  if (!runs_.empty()) return spill_all(context);
  if (collected_.empty()) return {};
  const Batch all = concatenate(batches_of(collected_), types_);
  collected_.clear();
  if (context.memory != nullptr) QUARRY_CHECK(context.memory->check_process());
  std::vector<std::uint32_t> rows = sorted_rows(all, keys_);
  if (limit_) rows.resize(std::min<std::size_t>(rows.size(), *limit_));
  for (std::size_t begin = 0; begin < rows.size(); begin += context.batch_rows) {
    const std::size_t count = std::min(context.batch_rows, rows.size() - begin);
    const auto part = rows.begin() + static_cast<std::ptrdiff_t>(begin);
    rows_->batches.push_back(all.selected(std::make_shared<std::vector<std::uint32_t>>(
        part, part + static_cast<std::ptrdiff_t>(count))));
  }
  return {};
}

}  // namespace quarry::exec
