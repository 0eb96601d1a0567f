#include "common/kql/exec/sort.h"

#include <algorithm>

namespace quarry::exec {
namespace {

std::vector<Batch> batches_of(std::vector<PlacedBatch>& placed) {
  put_in_order(placed);
  std::vector<Batch> batches;
  for (PlacedBatch& each : placed) batches.push_back(std::move(each.batch));
  return batches;
}

}  // namespace

struct Sort::State final : SinkState {
  explicit State(MemoryBudget* budget) : share(budget) {}
  std::vector<PlacedBatch> batches;
  std::uint64_t bytes = 0;
  MemoryShare share;
};

Result<std::unique_ptr<SinkState>> Sort::make_state(const ExecContext& context) {
  return std::unique_ptr<SinkState>(std::make_unique<State>(context.memory));
}

Result<Flow> Sort::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  auto& mine = static_cast<State&>(state);
  mine.batches.push_back({first, batch.owned()});
  mine.bytes += mine.batches.back().batch.memory();
  QUARRY_CHECK(mine.share.resize(mine.bytes));
  return Flow::kMoreInput;
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
  for (std::size_t begin = 0; begin < rows.size(); begin += context.batch_rows) {
    const std::size_t count = std::min(context.batch_rows, rows.size() - begin);
    const auto part = rows.begin() + static_cast<std::ptrdiff_t>(begin);
    batches_->push_back(all.selected(std::make_shared<std::vector<std::uint32_t>>(
        part, part + static_cast<std::ptrdiff_t>(count))));
  }
  return {};
}

}  // namespace quarry::exec
