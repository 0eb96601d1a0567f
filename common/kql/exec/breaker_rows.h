// What a breaker (sort, summarize) leaves for the pipeline behind it: batches in memory, or sorted
// runs on disk that are merged while they are read.
#pragma once

#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/spill/merge.h"

#include <memory>
#include <optional>
#include <vector>

namespace quarry::exec {

/// Filled by the sink's finish(), read by one source.
struct BreakerRows {
  std::vector<Batch> batches;
  std::vector<MemoryShare> shares;     // of the batches
  std::optional<SortedRuns> sorted;    // instead of batches; the columns that only order are last
  std::size_t columns = 0;             // that rows of `sorted` come out with
  std::optional<std::uint64_t> limit;  // so many rows of `sorted`
};

/// The rows in their order.
class BreakerSource final : public Source {
 public:
  explicit BreakerSource(std::shared_ptr<const BreakerRows> rows) : rows_(std::move(rows)) {}
  Result<std::unique_ptr<table::Scan>> open(const ExecContext& context, int workers) override;
  /// A breaker's result is small or ordered: one worker.
  int max_workers() const override { return 1; }

 private:
  std::shared_ptr<const BreakerRows> rows_;
};

}  // namespace quarry::exec
