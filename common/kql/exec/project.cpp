#include "common/kql/exec/project.h"

#include <algorithm>

namespace quarry::exec {
namespace {

struct ProjectState final : OperatorState {
  std::vector<Evaluator> evaluators;
};

struct LimitState final : OperatorState {
  std::uint64_t left = 0;
};

}  // namespace

Result<std::unique_ptr<OperatorState>> Project::make_state(const ExecContext& context) const {
  auto state = std::make_unique<ProjectState>();
  for (const Expression& expression : expressions_) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(expression, context.run));
    state->evaluators.push_back(std::move(evaluator));
  }
  return std::unique_ptr<OperatorState>(std::move(state));
}

Result<Flow> Project::push(OperatorState& state, const Batch& in, Batch& out) const {
  std::vector<Column> columns;
  columns.reserve(expressions_.size());
  for (Evaluator& evaluator : static_cast<ProjectState&>(state).evaluators)
    columns.push_back(evaluator.evaluate(in));
  out = Batch(std::move(columns), in.rows());
  return Flow::kMoreInput;
}

Result<std::unique_ptr<OperatorState>> Limit::make_state(const ExecContext&) const {
  auto state = std::make_unique<LimitState>();
  state->left = count_;
  return std::unique_ptr<OperatorState>(std::move(state));
}

Result<Flow> Limit::push(OperatorState& state, const Batch& in, Batch& out) const {
  std::uint64_t& left = static_cast<LimitState&>(state).left;
  const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(left, in.rows()));
  left -= count;
  if (count > 0) out = count == in.rows() ? in : in.slice(0, count);
  return left == 0 ? Flow::kDone : Flow::kMoreInput;
}

}  // namespace quarry::exec
