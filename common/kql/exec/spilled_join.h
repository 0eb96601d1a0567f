// A join whose build side is on disk: the probe side goes there as well, in the same partitions;
// then one partition after the other is joined in memory.
//
// Probe rows come in input order and carry their places along. What a partition gives is in the
// order of probe rows, so the result is the merge of all partitions by place: the order of a join
// in memory. A partition whose build rows do not fit is cut again, both sides; where all its rows
// have one key that cannot help, and the memory limit ends the query.
#pragma once

#include "common/kql/exec/hash_join.h"
#include "common/kql/exec/spill/merge.h"
#include "common/kql/exec/spill/part_writer.h"

#include <memory>
#include <optional>
#include <vector>

namespace quarry::exec {

class SpilledJoin {
 public:
  /// All references outlive it. `keys` and `types` are the probe side's.
  SpilledJoin(const SpilledBuild& build, JoinMode mode, const std::vector<Expression>& keys,
              const std::vector<Type>& types, const ExecContext& context);

  /// Rows of the probe side, in input order.
  Result<void> add(const Batch& in);
  /// After the last add(): the next rows of the result; false at the end. The first call does all
  /// the work.
  Result<bool> next(Batch& out);

 private:
  Result<void> join();
  Result<void> join_part(std::vector<SpillRun> build, std::vector<SpillRun> probe, int level);
  Result<void> join_finer(Partitions build, std::vector<SpillRun> probe, int level);
  Result<void> probe_part(std::shared_ptr<JoinTable> table, const std::vector<SpillRun>& probe);
  Result<void> write_tail(const JoinProbe& part, OperatorState& state);
  std::vector<Type> build_types() const;
  std::vector<Type> probe_types() const;
  bool has_build_columns() const { return mode_ != JoinMode::kSemi && mode_ != JoinMode::kAnti; }
  Batch without_places(const Batch& batch) const;

  const SpilledBuild& build_;
  JoinMode mode_;
  const std::vector<Expression>& keys_;
  std::vector<Type> types_;
  const ExecContext& context_;
  std::uint64_t place_ = 0;  // of the next probe row
  std::optional<PartWriter> probe_;
  SortedRuns result_;              // probe columns, place, build columns
  SortedRuns tail_;                // of kFull: build columns, place
  std::optional<RunMerge> merge_;  // of the result; then of the tail
  std::optional<RunMerge> tail_merge_;
};

}  // namespace quarry::exec
