#include "common/kql/exec/sort.h"

#include <algorithm>

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

}  // namespace

struct Sort::State final : SinkState {
  explicit State(MemoryBudget* budget) : share(budget) {}
  std::vector<PlacedBatch> batches;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::uint64_t next_prune = 0;
  std::optional<std::uint64_t>
      worst;  // prefix of the last row that is still among the first `limit`
  MemoryShare share;
};

Result<std::unique_ptr<SinkState>> Sort::make_state(const ExecContext& context) {
  auto state = std::make_unique<State>(context.memory);
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

Result<void> Sort::combine(SinkState& state) {
  auto& mine = static_cast<State&>(state);
  for (PlacedBatch& batch : mine.batches) collected_.push_back(std::move(batch));
  shares_.push_back(std::move(mine.share));
  return {};
}

Result<void> Sort::finish(const ExecContext& context) {
  if (collected_.empty()) return {};
  const Batch all = concatenate(batches_of(collected_), types_);
  collected_.clear();
  if (context.memory != nullptr) QUARRY_CHECK(context.memory->check_process());
  std::vector<std::uint32_t> rows = sorted_rows(all, keys_);
  if (limit_) rows.resize(std::min<std::size_t>(rows.size(), *limit_));
  for (std::size_t begin = 0; begin < rows.size(); begin += context.batch_rows) {
    const std::size_t count = std::min(context.batch_rows, rows.size() - begin);
    const auto part = rows.begin() + static_cast<std::ptrdiff_t>(begin);
    batches_->push_back(all.selected(std::make_shared<std::vector<std::uint32_t>>(
        part, part + static_cast<std::ptrdiff_t>(count))));
  }
  return {};
}

}  // namespace quarry::exec
