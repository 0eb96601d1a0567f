#include "common/kql/exec/collect.h"

#include <algorithm>

namespace quarry::exec {
namespace {

struct CollectState final : SinkState {
  explicit CollectState(MemoryBudget* budget) : share(budget) {}
  std::vector<PlacedBatch> batches;
  MemoryShare share;
  std::uint64_t bytes = 0;
};

}  // namespace

void put_in_order(std::vector<PlacedBatch>& batches) {
  std::stable_sort(batches.begin(), batches.end(),
                   [](const PlacedBatch& a, const PlacedBatch& b) { return a.first < b.first; });
}

Result<std::unique_ptr<SinkState>> Collect::make_state(const ExecContext& context) {
  return std::unique_ptr<SinkState>(std::make_unique<CollectState>(context.memory));
}

Result<Flow> Collect::push(SinkState& state, const Batch& batch, kql::RowOrder first) {
  auto& mine = static_cast<CollectState&>(state);
  mine.batches.push_back({first, batch.owned()});
  mine.bytes += mine.batches.back().batch.memory();
  QUARRY_CHECK(mine.share.resize(mine.bytes));
  return Flow::kMoreInput;
}

Result<void> Collect::combine(SinkState& state) {
  auto& mine = static_cast<CollectState&>(state);
  for (PlacedBatch& batch : mine.batches) collected_.push_back(std::move(batch));
  held_->shares.push_back(std::move(mine.share));
  return {};
}

Result<void> Collect::finish(const ExecContext&) {
  put_in_order(collected_);
  for (PlacedBatch& placed : collected_) held_->batches.push_back(std::move(placed.batch));
  collected_.clear();
  return {};
}

Result<std::unique_ptr<SinkState>> Emit::make_state(const ExecContext&) {
  return std::make_unique<SinkState>();
}

Result<Flow> Emit::push(SinkState&, const Batch& batch, kql::RowOrder) {
  QUARRY_CHECK(sink_.write(batch));
  return Flow::kMoreInput;
}

}  // namespace quarry::exec
