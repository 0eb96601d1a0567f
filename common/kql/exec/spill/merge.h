// Many sorted runs as one stream of rows in order.
//
// The head of every run lies in memory, so a merge of too many runs at once would not fit: groups
// of them are merged into longer runs first. The order of keys must be total over runs (as a last
// key the place of the row in the input makes it so), except that rows of one run keep their order.
#pragma once

#include "common/kql/exec/context.h"
#include "common/kql/exec/sort_keys.h"
#include "common/kql/exec/spill/run.h"

#include <memory>
#include <optional>
#include <vector>

namespace quarry::exec {

/// Runs of equal shape and order.
struct SortedRuns {
  std::vector<SpillRun> runs;
  std::vector<Type> types;  // of the columns of a run
  std::vector<SortKey> keys;
};

/// Gives the rows of all runs in order. Once a row was read, the file has it no more.
class RunMerge {
 public:
  /// `runs` and the space of `context` outlive it.
  RunMerge(const SortedRuns& runs, const ExecContext& context);
  ~RunMerge();
  RunMerge(RunMerge&&) noexcept;
  RunMerge& operator=(RunMerge&&) = delete;

  /// The next rows, `most` at most; false at the end.
  Result<bool> next(std::size_t most, Batch& out);

 private:
  struct Head;
  Result<void> start();
  Result<bool> advance(Head& head);
  bool before(std::uint32_t a, std::uint32_t b) const;
  void sift(std::size_t at);

  const SortedRuns* sorted_;
  std::vector<std::unique_ptr<Head>> heads_;  // one a run
  std::vector<std::uint32_t> heap_;           // runs that have rows left, the first one on top
  bool started_ = false;
};

/// Merges groups of runs until one merge can hold the heads of all.
Result<void> merge_until_few(SortedRuns& sorted, const ExecContext& context);

/// The token's error, where the run was cancelled: looked at in long work that gives no batch.
Result<void> check_cancelled(const ExecContext& context);

}  // namespace quarry::exec
