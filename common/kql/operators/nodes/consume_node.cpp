#include "common/kql/operators/nodes/consume_node.h"

#include "common/kql/plan/builder.h"

namespace quarry::kql {
namespace {

/// Takes rows and forgets them.
class Forget final : public exec::Sink {
 public:
  Result<std::unique_ptr<exec::SinkState>> make_state(const exec::ExecContext&) override {
    return std::make_unique<exec::SinkState>();
  }
  Result<exec::Flow> push(exec::SinkState&, const Batch&, RowOrder) override {
    return exec::Flow::kMoreInput;
  }
  Result<void> combine(exec::SinkState&) override { return {}; }
  Result<void> finish(const exec::ExecContext&) override { return {}; }
};

}  // namespace

std::vector<ColumnSet> ConsumeNode::required(const ColumnSet&) {
  ColumnSet all;
  for (const BoundColumn& column : inputs[0]->columns) {
    if (all_columns) all.insert(column.id);
  }
  return {all};
}

Result<plan::Stream> ConsumeNode::build(plan::Builder& builder) const {
  QUARRY_TRY(plan::Stream input, builder.build(*inputs[0]));
  builder.run_before(std::move(input), std::make_shared<Forget>());
  return plan::Builder::from_batches(std::make_shared<std::vector<Batch>>());
}

}  // namespace quarry::kql
