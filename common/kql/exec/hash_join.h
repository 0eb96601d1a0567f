// Equality join: one side is collected into a hash table, the other streams past it.
//
// Rows come out by probe row, then build row, both in input order. Null keys match nothing. The
// plan decides which side is built and maps KQL's kinds onto these modes. A build side that memory
// has no room for goes to disk, in partitions; then the probe side does, too (spilled_join.h).
#pragma once

#include "common/kql/exec/collect.h"
#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/spill/partitions.h"

#include <atomic>
#include <memory>
#include <vector>

namespace quarry::exec {

enum class JoinMode : std::uint8_t {
  kInner,
  kOuter,  // probe rows without a match come out with null build columns
  kSemi,   // probe rows with a match, once; no build columns
  kAnti,   // probe rows without a match; no build columns
  kFull    // kOuter, and at the end build rows without a match, with null probe columns
};

enum class JoinKeys : std::uint8_t {
  kAll,
  kDistinct  // only the first build row of each key counts (innerunique)
};

/// A build side on disk. Its rows have their places as one more column.
struct SpilledBuild {
  Partitions parts;               // rows with keys; each run in input order
  std::vector<SpillRun> keyless;  // rows with a null key, for kFull alone
  std::vector<Expression> keys;
  std::vector<Type> types;  // without the place
  JoinKeys which = JoinKeys::kAll;
};

/// The build side: all its rows as one batch, chained by hash. Filled by JoinBuild, read by
/// JoinProbe.
struct JoinTable {
  Batch rows;
  std::vector<MemoryShare> shares;  // of the rows
  std::vector<Column> keys;
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> heads;  // power of two; row + 1, 0 where empty
  std::vector<std::uint32_t> next;   // row + 1 of the next row of the same bucket, ascending
  std::unique_ptr<std::atomic<bool>[]> matched;  // kFull
  std::unique_ptr<SpilledBuild> spilled;         // instead of all the above

  /// Fills in all that depends on `rows`.
  Result<void> index(const std::vector<Expression>& key_expressions, JoinKeys which,
                     const kql::RunContext& run);
};

class JoinBuild final : public Sink {
 public:
  JoinBuild(std::shared_ptr<JoinTable> table, JoinMode mode, std::vector<Expression> keys,
            std::vector<Type> types, JoinKeys which)
      : table_(std::move(table)),
        mode_(mode),
        keys_(std::move(keys)),
        types_(std::move(types)),
        which_(which) {}

  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState& state) override;
  Result<void> finish(const ExecContext& context) override;

 private:
  struct State;
  Result<void> spill(std::vector<PlacedBatch>& batches, const ExecContext& context,
                     SpilledBuild& into) const;
  Result<void> write(const Batch& rows, const ExecContext& context, SpilledBuild& into) const;

  std::shared_ptr<JoinTable> table_;
  JoinMode mode_;
  std::vector<Expression> keys_;
  std::vector<Type> types_;
  JoinKeys which_;
  std::vector<PlacedBatch> collected_;
  std::uint64_t bytes_ = 0;  // of what was collected
  std::vector<MemoryShare> shares_;
  SpilledBuild spilled_;
  bool has_spilled_ = false;
};

/// Output: the probe side's columns, then the build side's (none for kSemi and kAnti).
class JoinProbe final : public Operator {
 public:
  JoinProbe(std::shared_ptr<const JoinTable> table, JoinMode mode, std::vector<Expression> keys,
            std::vector<Type> probe_types, std::vector<Type> build_types)
      : table_(std::move(table)),
        mode_(mode),
        keys_(std::move(keys)),
        probe_types_(std::move(probe_types)),
        build_types_(std::move(build_types)) {}

  /// Only when the build side is on disk, which is known when the probing pipeline begins.
  bool ordered() const override;
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;
  Result<Flow> finish(OperatorState& state, Batch& out) const override;

 private:
  struct State;
  void start(State& state, const Batch& in) const;
  std::uint32_t next_match(const State& state, std::size_t row, std::uint32_t candidate) const;
  Batch joined(const Batch& in, std::vector<std::uint32_t> probe_rows,
               const std::vector<std::uint32_t>& build_rows) const;

  std::shared_ptr<const JoinTable> table_;
  JoinMode mode_;
  std::vector<Expression> keys_;
  std::vector<Type> probe_types_;
  std::vector<Type> build_types_;
};

}  // namespace quarry::exec
