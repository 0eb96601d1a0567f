// sort, and top of very many rows (see top_n.h): keep rows with their places, order them at the
// end. When memory gets tight a worker writes what it holds as sorted runs, which are merged while
// the result is read.
#pragma once

#include "common/kql/exec/breaker_rows.h"
#include "common/kql/exec/collect.h"
#include "common/kql/exec/sort_keys.h"

#include <memory>
#include <optional>
#include <vector>

namespace quarry::exec {

/// Rows with equal keys keep their input order.
class Sort final : public Sink {
 public:
  Sort(std::vector<SortKey> keys, std::vector<Type> types, std::optional<std::uint64_t> limit)
      : keys_(std::move(keys)), types_(std::move(types)), limit_(limit) {}

  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState& state) override;
  Result<void> finish(const ExecContext& context) override;

  std::shared_ptr<const BreakerRows> rows() const { return rows_; }

 private:
  struct State;
  Result<void> spill(std::vector<PlacedBatch>& batches, const ExecContext& context,
                     std::vector<SpillRun>& runs) const;
  Result<void> spill_all(const ExecContext& context);

  std::vector<SortKey> keys_;
  std::vector<Type> types_;  // of the input's columns
  std::optional<std::uint64_t> limit_;
  std::vector<PlacedBatch> collected_;
  std::vector<SpillRun> runs_;
  std::shared_ptr<BreakerRows> rows_ = std::make_shared<BreakerRows>();
};

}  // namespace quarry::exec
