// summarize: groups rows by key columns and feeds aggregates. Each worker fills a table of its own;
// tables are merged when workers end. Groups come out in order of first appearance, whatever the
// number of threads.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/row_table.h"

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

  std::shared_ptr<const std::vector<Batch>> batches() const { return batches_; }

 private:
  struct Worker;
  struct State;
  void update(Worker& worker, std::size_t step, const Batch& batch, kql::RowOrder first);
  void merge(Worker& into, Worker& from);
  Batch result_batch(Worker& all, std::span<std::byte* const> groups);
  void destroy_states(RowTable& table);
  void init_states(RowTable& table, std::span<std::byte* const> rows);

  AggregatePlan plan_;
  bool ordered_ = false;
  std::vector<Type> key_types_;
  std::vector<std::size_t> state_offsets_;
  std::size_t state_bytes_ = 0;
  const kql::RunContext* run_ = nullptr;
  MemoryBudget* memory_ = nullptr;
  std::vector<std::unique_ptr<Worker>> parts_;  // one per worker
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
