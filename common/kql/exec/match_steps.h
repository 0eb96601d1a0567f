// scan: runs a small machine over rows in order. Each step has a state (a sequence of records that
// led there); a row that meets a step's condition moves the sequence on, or repeats the step.
//
// A row is tried against the steps from the last to the first (Kusto: scan-operator, "Matching
// logic"):
//   1. the step before has a state and the condition holds over it: the sequence moves here (what
//   was here is given up);
//   2. otherwise the step itself has a state (or is the first) and the condition holds over that:
//   the step repeats.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"

#include <memory>
#include <optional>
#include <vector>

namespace quarry::exec {

/// A column that an expression of a step reads.
struct StepColumn {
  std::optional<std::size_t> step;  // none: the row at hand
  std::size_t column = 0;           // of the input, or among the step's kept columns
};

struct StepExpression {
  Expression expression;  // over a batch of `columns`
  std::vector<StepColumn> columns;
};

/// A column of a step's record that some expression reads.
struct KeptColumn {
  bool declared = false;
  std::size_t column = 0;  // of the input, or of the declared ones
};

enum class StepOutput : std::uint8_t { kAll, kLast, kNone };

struct MatchStep {
  StepExpression condition;
  std::vector<std::optional<StepExpression>>
      values;  // one for each declared column; none: its default
  std::vector<KeptColumn> kept;
  StepOutput output = StepOutput::kAll;
};

struct MatchPlan {
  std::vector<MatchStep> steps;
  std::vector<Type> input_types;
  std::vector<Scalar> defaults;       // of the declared columns
  std::vector<Expression> partition;  // each combination of values has states of its own
  bool with_match_id = false;
};

/// Output: the input's columns, the declared ones, the match's number.
class MatchSteps final : public Operator {
 public:
  explicit MatchSteps(MatchPlan plan) : plan_(std::move(plan)) {}
  bool ordered() const override { return true; }
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;
  Result<Flow> finish(OperatorState& state, Batch& out) const override;

 private:
  MatchPlan plan_;
};

}  // namespace quarry::exec
