// Sinks that keep rows: all of them in input order (materialize, join builds, toscalar), and the
// way out to a BatchSink.
#pragma once

#include "common/kql/exec/pipeline.h"
#include "common/value/batch_sink.h"

#include <memory>
#include <mutex>
#include <vector>

namespace quarry::exec {

/// Batches of several workers with their places; put in order at the end.
struct PlacedBatch {
  kql::RowOrder first;
  Batch batch;
};
/// Sorted by place.
void put_in_order(std::vector<PlacedBatch>& batches);

/// Keeps every row (owned memory), in input order.
class Collect final : public Sink {
 public:
  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState& state) override;
  Result<void> finish(const ExecContext& context) override;

  /// Lets go of the rows, for who has copied them and keeps what this gives: their account.
  std::shared_ptr<const void> release() {
    held_->batches.clear();
    return held_;
  }
  /// Filled by finish(); may be handed to a MemorySource before. Accounted for while it lives.
  std::shared_ptr<const std::vector<Batch>> batches() const { return {held_, &held_->batches}; }

 private:
  struct Held {
    std::vector<Batch> batches;
    std::vector<MemoryShare> shares;
  };
  std::vector<PlacedBatch> collected_;
  std::shared_ptr<Held> held_ = std::make_shared<Held>();
};

/// Hands rows to a BatchSink in input order. begin() and end() of it are the caller's.
class Emit final : public Sink {
 public:
  explicit Emit(BatchSink& sink) : sink_(sink) {}
  bool ordered() const override { return true; }
  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState&) override { return {}; }
  Result<void> finish(const ExecContext&) override { return {}; }

 private:
  BatchSink& sink_;
};

}  // namespace quarry::exec
