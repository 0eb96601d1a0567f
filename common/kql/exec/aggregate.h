// summarize: groups rows by key columns and feeds aggregates. Each worker fills a table of its own;
// tables are merged when workers end. Groups come out in order of first appearance, whatever the
// number of threads.
//
// When memory gets tight a worker writes its groups to disk, in partitions by the hash of their
// keys, and begins a new table. At the end one partition after the other is merged in memory (cut
// again where it does not fit), and its results are a run in order of first appearance; what comes
// out is the merge of these. Without keys, or with an aggregate that cannot be written, nothing
// goes to disk.
#pragma once

#include "common/kql/exec/breaker_rows.h"
#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/row_table.h"
#include "common/kql/exec/spill/partitions.h"

#include <memory>
#include <vector>

namespace quarry::exec {

/// One aggregate call over columns of the sink's input.
struct AggregateStep {
  kql::AggregateKernel kernel;
  std::vector<Expression> arguments;  // constants included
  std::optional<Expression>
      predicate;  // sumif, countif: rows for which it is not true are left out
};

struct AggregatePlan {
  std::vector<Expression> keys;
  std::vector<AggregateStep> steps;
  bool one_row_when_empty = false;  // no `by`: one row also without input
};

/// Result columns: keys, then each step's columns in order.
class Aggregate final : public Sink {
 public:
  explicit Aggregate(AggregatePlan plan);
  ~Aggregate() override;

  bool ordered() const override { return ordered_; }
  Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) override;
  Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) override;
  Result<void> combine(SinkState&) override { return {}; }
  Result<void> finish(const ExecContext& context) override;

  std::shared_ptr<const BreakerRows> rows() const { return rows_; }

 private:
  struct Groups;
  struct Worker;
  struct State;
  void update(Worker& worker, std::size_t step, const Batch& batch, kql::RowOrder first);
  void merge(Groups& into, Groups& from);
  Result<void> merge_all(const ExecContext& context);
  Batch result_batch(Groups& groups, std::span<std::byte* const> rows);
  void destroy_states(RowTable& table);
  void init_states(RowTable& table, std::span<std::byte* const> rows);

  // aggregate_spill.cpp
  bool can_spill() const;
  std::vector<Type> spilled_types() const;
  Result<void> write(Groups& groups, int level, Partitions& partitions);
  Batch as_batch(Groups& groups, std::span<std::byte* const> rows) const;
  Result<void> read(const Batch& batch, Groups& groups);
  Result<void> finish_partition(std::vector<SpillRun> runs, int level);
  Result<void> finish_groups(Groups& groups);
  Result<void> finish_spilled();

  AggregatePlan plan_;
  bool ordered_ = false;
  std::vector<Type> key_types_;
  std::vector<std::size_t> state_offsets_;
  std::size_t state_bytes_ = 0;
  const ExecContext* context_ = nullptr;
  std::vector<std::unique_ptr<Worker>> parts_;  // one per worker
  std::shared_ptr<BreakerRows> rows_ = std::make_shared<BreakerRows>();
};

}  // namespace quarry::exec
