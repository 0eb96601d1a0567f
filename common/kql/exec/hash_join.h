// Equality join: one side is collected into a hash table, the other streams past it.
//
// Rows come out by probe row, then build row, both in input order. Null keys match nothing. The
// plan decides which side is built and maps KQL's kinds onto these modes.
#pragma once

#include "common/kql/exec/collect.h"
#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"

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

/// The build side: all its rows as one batch, chained by hash. Filled by JoinBuild, read by
/// JoinProbe.
struct JoinTable {
  Batch rows;
  std::shared_ptr<const void> account;  // of the rows' memory
  std::vector<Column> keys;
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> heads;  // power of two; row + 1, 0 where empty
  std::vector<std::uint32_t> next;   // row + 1 of the next row of the same bucket, ascending
  std::unique_ptr<std::atomic<bool>[]> matched;  // kFull
};

class JoinBuild final : public Sink {
 public:
  /// `distinct_keys`: only the first row of each key is kept (innerunique).
  JoinBuild(std::shared_ptr<JoinTable> table, std::vector<Expression> keys, std::vector<Type> types,
            bool distinct_keys)
      : table_(std::move(table)),
        keys_(std::move(keys)),
        types_(std::move(types)),
        distinct_keys_(distinct_keys) {}

  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override {
    return rows_.make_state(context);
  }
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override {
    return rows_.push(state, batch, first);
  }
  Result<void> combine(SinkState& state) override { return rows_.combine(state); }
  Result<void> finish(const ExecContext& context) override;

 private:
  std::shared_ptr<JoinTable> table_;
  std::vector<Expression> keys_;
  std::vector<Type> types_;
  bool distinct_keys_;
  Collect rows_;
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
