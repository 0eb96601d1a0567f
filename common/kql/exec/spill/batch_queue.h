// Batches that wait for their turn, first in, first out; on disk where memory gets tight.
#pragma once

#include "common/kql/exec/context.h"
#include "common/kql/exec/spill/run.h"

#include <deque>
#include <optional>
#include <vector>

namespace quarry::exec {

/// Not thread-safe.
class BatchQueue {
 public:
  /// `types` are those of the batches' columns. The context outlives the queue.
  BatchQueue(std::vector<Type> types, const ExecContext& context)
      : types_(std::move(types)), context_(&context), share_(context.memory) {}

  Result<void> push(Batch batch);
  /// False where nothing waits.
  Result<bool> pop(Batch& out);

 private:
  std::vector<Type> types_;
  const ExecContext* context_;
  std::deque<SpillRun> runs_;        // the front of the queue …
  std::optional<RunReader> reader_;  // of the first run
  std::deque<Batch> newest_;         // … and what came after it
  std::uint64_t bytes_ = 0;          // of the newest
  MemoryShare share_;
};

}  // namespace quarry::exec
