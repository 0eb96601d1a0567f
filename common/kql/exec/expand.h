// One row becomes several: elements of arrays and members of bags are laid side by side, element i
// of each in row i.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/pipeline.h"

#include <cstdint>
#include <vector>

namespace quarry::exec {

enum class BagForm : std::uint8_t {
  kBag,   // a member becomes a bag of its own: {"key":value}
  kArray  // … or an array: ["key",value]
};

struct ExpandPlan {
  std::vector<Expression> values;  // dynamic
  BagForm form = BagForm::kBag;
  bool with_index = false;
  std::uint64_t limit = ~std::uint64_t{0};  // rows out of one row
};

/// Output: the input's columns, the expanded values (dynamic), the index from 0 where wanted. A
/// null value or one that is neither array nor bag gives one row, an empty array none; shorter
/// values are filled up with nulls.
class Expand final : public Operator {
 public:
  explicit Expand(ExpandPlan plan) : plan_(std::move(plan)) {}
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;

 private:
  ExpandPlan plan_;
};

}  // namespace quarry::exec
