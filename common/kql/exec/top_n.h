// top: the first N rows by an order, in memory that grows with N alone. Whoever knows that N rows
// are at least as good as a row may throw that row away: all workers share the place of the worst
// row that is still wanted.
#pragma once

#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/sort_keys.h"

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace quarry::exec {

/// Rows whose order prefix is above this are not among the first N. Only falls. Thread-safe.
class TopBound {
 public:
  std::uint64_t worst() const { return worst_.load(std::memory_order_relaxed); }
  void lower_to(std::uint64_t prefix);

 private:
  std::atomic<std::uint64_t> worst_{std::numeric_limits<std::uint64_t>::max()};
};

/// Rows with equal keys come in input order, the earlier ones first.
class TopN final : public Sink {
 public:
  TopN(std::vector<SortKey> keys, std::vector<Type> types, std::uint64_t limit)
      : keys_(std::move(keys)), types_(std::move(types)), limit_(limit) {}

  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState& state) override;
  Result<void> finish(const ExecContext& context) override;

  std::shared_ptr<const std::vector<Batch>> batches() const { return batches_; }

 private:
  struct State;
  /// Rows with their places in the input.
  struct PlacedRows {
    std::vector<Batch> batches;
    std::vector<kql::RowOrder> places;
  };
  std::vector<std::uint32_t> promising(State& state, const Batch& batch);
  Batch in_input_order(PlacedRows& rows) const;
  void prune(State& state) const;

  std::vector<SortKey> keys_;
  std::vector<Type> types_;  // of the input's columns
  std::uint64_t limit_;
  TopBound bound_;
  PlacedRows collected_;
  std::vector<MemoryShare> shares_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
