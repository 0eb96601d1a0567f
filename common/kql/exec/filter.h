// where: a conjunction evaluated cheap and selective parts first, as an operator and as the filter
// that a scan applies early.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"

#include <memory>
#include <vector>

namespace quarry::exec {

/// Expressions of type bool that all must be true (null counts as false).
struct Conjunction {
  std::vector<Expression> parts;
};

/// A worker's way to apply a conjunction. Learns which parts throw out most for their cost and runs
/// those first.
class Selector {
 public:
  static Result<Selector> make(const Conjunction& conjunction, const kql::RunContext& run);
  /// Fills `kept` with the numbers of the rows that pass, ascending.
  void select(const Batch& batch, std::vector<std::uint32_t>& kept);

 private:
  struct Part {
    Evaluator evaluator;
    float cost = 1.0F;
    std::uint64_t seen = 0;
    std::uint64_t passed = 0;
    float rank() const;
  };
  void reorder();

  std::vector<Part> parts_;
  unsigned batches_ = 0;
};

class Filter final : public Operator {
 public:
  explicit Filter(std::shared_ptr<const Conjunction> conjunction)
      : conjunction_(std::move(conjunction)) {}
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;

 private:
  std::shared_ptr<const Conjunction> conjunction_;
};

/// The same for a reader's late materialisation.
class ConjunctionRowFilter final : public table::RowFilter {
 public:
  /// Both outlive the filter.
  ConjunctionRowFilter(const Conjunction& conjunction, const ExecContext& context)
      : conjunction_(conjunction), context_(context) {}
  std::unique_ptr<State> make_state() const override;
  Result<void> select(State& state, const Batch& batch,
                      std::vector<std::uint32_t>& kept) const override;

 private:
  const Conjunction& conjunction_;
  const ExecContext& context_;
};

}  // namespace quarry::exec
