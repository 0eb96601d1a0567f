// Window functions: columns whose value in a row depends on other rows, computed where rows pass in
// input order.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"

#include <optional>
#include <vector>

namespace quarry::exec {

/// One new column. With `ahead` it is the expression's value so many rows later, or `fallback`
/// where there is no such row.
struct WindowStep {
  Expression expression;
  std::optional<std::size_t> ahead;
  std::optional<Expression> fallback;  // none: null
};

/// Output: the input's columns, then one for each step. Batches wait until the rows that they look
/// ahead to have come; on disk, where these are so far that memory gets tight.
class Window final : public Operator {
 public:
  explicit Window(std::vector<WindowStep> steps);
  bool ordered() const override { return true; }
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;
  Result<Flow> finish(OperatorState& state, Batch& out) const override;

 private:
  struct State;
  Result<void> take(State& state, const Batch& in) const;
  Result<Batch> take_front(State& state) const;

  std::vector<WindowStep> steps_;
  std::size_t farthest_ = 0;  // of all steps
};

}  // namespace quarry::exec
