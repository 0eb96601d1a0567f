#include "common/kql/exec/top_n.h"

#include <algorithm>
#include <numeric>

namespace quarry::exec {
namespace {

/// Below this many rows pruning is not worth its sort.
constexpr std::size_t kPruneRows = 8192;

}  // namespace

void TopBound::lower_to(std::uint64_t prefix) {
  std::uint64_t known = worst();
  while (prefix < known &&
         !worst_.compare_exchange_weak(known, prefix, std::memory_order_relaxed)) {
  }
}

struct TopN::State final : SinkState {
  explicit State(MemoryBudget* budget) : share(budget) {}
  PlacedRows rows;
  std::size_t bytes = 0;
  std::vector<std::uint64_t> best;  // a heap of the best `limit` prefixes so far, the worst on top
  MemoryShare share;
};

Result<std::unique_ptr<SinkState>> TopN::make_state(const ExecContext& context) {
  return std::unique_ptr<SinkState>(std::make_unique<State>(context.memory));
}

// The rows that may be among the first `limit_`; lowers the bound by them.
std::vector<std::uint32_t> TopN::promising(State& state, const Batch& batch) {
  const std::vector<std::uint64_t> prefixes =
      order_prefixes(batch.column(keys_.front().column), keys_.front());
  std::uint64_t worst = bound_.worst();
  std::vector<std::uint64_t>& best = state.best;
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < prefixes.size(); ++row) {
    const std::uint64_t prefix = prefixes[row];
    if (prefix > worst) continue;
    rows.push_back(row);
    if (best.size() == limit_) {
      if (prefix >= best.front()) continue;
      std::ranges::pop_heap(best);
      best.back() = prefix;
    } else {
      best.push_back(prefix);
    }
    std::ranges::push_heap(best);
    if (best.size() == limit_) worst = std::min(worst, best.front());
  }
  bound_.lower_to(worst);
  return rows;
}

Result<Flow> TopN::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  auto& mine = static_cast<State&>(state);
  if (limit_ == 0) return Flow::kDone;
  std::vector<std::uint32_t> rows = promising(mine, batch);
  if (rows.empty()) return Flow::kMoreInput;
  for (const std::uint32_t row : rows) mine.rows.places.push_back(first + row);
  mine.rows.batches.push_back(
      batch.selected(std::make_shared<std::vector<std::uint32_t>>(std::move(rows))).owned());
  mine.bytes += mine.rows.batches.back().memory();
  const std::size_t most = std::max<std::size_t>(kPruneRows, 2 * limit_);
  if (mine.rows.places.size() >= most) prune(mine);
  QUARRY_CHECK(mine.share.resize(mine.bytes + sizeof(std::uint64_t) * mine.best.size()));
  return Flow::kMoreInput;
}

// One batch of them all, and their places in that order.
Batch TopN::in_input_order(PlacedRows& rows) const {
  Batch all = concatenate(rows.batches, types_);
  rows.batches.clear();
  if (std::ranges::is_sorted(rows.places)) return all;
  std::vector<std::uint32_t> order(rows.places.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t row) { return rows.places[row]; });
  std::ranges::sort(rows.places);
  return all.selected(std::make_shared<std::vector<std::uint32_t>>(std::move(order)));
}

// Keeps the first `limit_` rows, in input order.
void TopN::prune(State& state) const {
  PlacedRows& rows = state.rows;
  const Batch all = in_input_order(rows);
  std::vector<std::uint32_t> kept = sorted_rows(all, keys_);
  kept.resize(std::min<std::size_t>(kept.size(), limit_));
  std::ranges::sort(kept);
  for (std::size_t i = 0; i < kept.size(); ++i) rows.places[i] = rows.places[kept[i]];
  rows.places.resize(kept.size());
  rows.batches.push_back(
      all.selected(std::make_shared<std::vector<std::uint32_t>>(std::move(kept))).owned());
  state.bytes = rows.batches.back().memory();
}

Result<void> TopN::combine(SinkState& state) {
  auto& mine = static_cast<State&>(state);
  std::ranges::move(mine.rows.batches, std::back_inserter(collected_.batches));
  std::ranges::copy(mine.rows.places, std::back_inserter(collected_.places));
  shares_.push_back(std::move(mine.share));
  return {};
}

Result<void> TopN::finish(const ExecContext& context) {
  if (collected_.places.empty()) return {};
  const Batch all = in_input_order(collected_);
  std::vector<std::uint32_t> rows = sorted_rows(all, keys_);
  rows.resize(std::min<std::size_t>(rows.size(), limit_));
  for (std::size_t begin = 0; begin < rows.size(); begin += context.batch_rows) {
    const auto from = rows.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count =
        static_cast<std::ptrdiff_t>(std::min(context.batch_rows, rows.size() - begin));
    batches_->push_back(
        all.selected(std::make_shared<std::vector<std::uint32_t>>(from, from + count)));
  }
  return {};
}

}  // namespace quarry::exec
