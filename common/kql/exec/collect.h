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

  /// Lets go of the rows, for who has copied them; their account stays with the copy.
  void release() { batches_->clear(); }
  /// Filled by finish(); may be handed to a MemorySource before.
  std::shared_ptr<const std::vector<Batch>> batches() const { return batches_; }

 private:
  std::vector<PlacedBatch> collected_;
  std::vector<MemoryShare> shares_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
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
