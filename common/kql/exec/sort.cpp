#include "common/kql/exec/sort.h"

#include "common/kql/exec/spill/placed_parts.h"

#include <algorithm>
#include <span>

namespace quarry::exec {
namespace {

std::vector<Batch> batches_of(std::vector<PlacedBatch>& placed) {
  put_in_order(placed);
  std::vector<Batch> batches;
  for (PlacedBatch& each : placed) batches.push_back(std::move(each.batch));
  return batches;
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
  std::uint64_t bytes = 0;
  std::vector<SpillRun> runs;
  MemoryShare share;
};

Result<std::unique_ptr<SinkState>> Sort::make_state(const ExecContext& context) {
  return std::unique_ptr<SinkState>(std::make_unique<State>(context));
}

Result<Flow> Sort::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  auto& mine = static_cast<State&>(state);
  mine.batches.push_back({first, batch.owned()});
  mine.bytes += mine.batches.back().batch.memory();
  const ExecContext& context = mine.context;
  if (context.spill != nullptr && context.memory->is_tight(mine.bytes, context.threads)) {
    QUARRY_CHECK(spill(mine.batches, context, mine.runs));
    mine.bytes = 0;
  }
  QUARRY_CHECK(mine.share.resize(mine.bytes));
  return Flow::kMoreInput;
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
