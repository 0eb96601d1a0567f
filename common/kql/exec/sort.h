// sort: keeps rows with their places, orders them at the end.
#pragma once

#include "common/kql/exec/collect.h"
#include "common/kql/exec/sort_keys.h"

#include <memory>
#include <vector>

namespace quarry::exec {

/// Rows with equal keys keep their input order.
class Sort final : public Sink {
 public:
  Sort(std::vector<SortKey> keys, std::vector<Type> types)
      : keys_(std::move(keys)), types_(std::move(types)) {}

  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState& state) override;
  Result<void> finish(const ExecContext& context) override;

  std::shared_ptr<const std::vector<Batch>> batches() const { return batches_; }

 private:
  struct State;

  std::vector<SortKey> keys_;
  std::vector<Type> types_;  // of the input's columns
  std::vector<PlacedBatch> collected_;
  std::vector<MemoryShare> shares_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
