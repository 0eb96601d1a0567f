#include "common/kql/exec/apply.h"

namespace quarry::exec {
namespace {

struct ApplyState final : OperatorState {
  ExecContext context;
  std::size_t row = 0;  // next one of the input at hand
};

}  // namespace

Result<std::unique_ptr<OperatorState>> ApplyRows::make_state(const ExecContext& context) const {
  auto state = std::make_unique<ApplyState>();
  state->context = context;
  state->context.threads = 1;  // a row's program is small
  return std::unique_ptr<OperatorState>(std::move(state));
}

Result<Flow> ApplyRows::push(OperatorState& state, const Batch& in, Batch& out) const {
  auto& mine = static_cast<ApplyState&>(state);
  std::vector<Batch> results;
  const auto rows = std::make_shared<std::vector<std::uint32_t>>();
  while (mine.row < in.rows() && rows->size() < mine.context.batch_rows) {
    QUARRY_TRY(std::vector<Batch> made, program_->run(in.slice(mine.row, 1), mine.context));
    for (Batch& batch : made) {
      rows->insert(rows->end(), batch.rows(), static_cast<std::uint32_t>(mine.row));
      results.push_back(std::move(batch));
    }
    ++mine.row;
    if (mine.context.run.cancel != nullptr && mine.context.run.cancel->cancelled()) break;
  }
  if (!rows->empty()) {
    out = in.selected(rows);
    const Batch joined = concatenate(results, types_);
    for (const Column& column : joined.columns()) out.add(column);
  }
  if (mine.row < in.rows()) return Flow::kMoreOutput;
  mine.row = 0;
  return Flow::kMoreInput;
}

}  // namespace quarry::exec
