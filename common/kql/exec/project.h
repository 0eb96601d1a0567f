// Streaming steps without a breaker: computed columns, row limits.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"

#include <memory>
#include <vector>

namespace quarry::exec {

/// Output column i is expression i.
class Project final : public Operator {
 public:
  explicit Project(std::vector<Expression> expressions) : expressions_(std::move(expressions)) {}
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;

 private:
  std::vector<Expression> expressions_;
};

/// The first `count` rows in input order.
class Limit final : public Operator {
 public:
  explicit Limit(std::uint64_t count) : count_(count) {}
  bool ordered() const override { return true; }
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;

 private:
  std::uint64_t count_;
};

}  // namespace quarry::exec
