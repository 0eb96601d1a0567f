#include "common/kql/operators/nodes/apply_node.h"

#include "common/kql/exec/collect.h"
#include "common/kql/plan/optimize.h"

namespace quarry::kql {
namespace {

/// Builds the plan anew for each row: the sinks of pipelines serve once.
class PlanProgram final : public exec::RowProgram {
 public:
  PlanProgram(const PlanNode& per_row, const RowHoleNode& hole,
              std::vector<std::size_t> hole_columns, plan::TableSource& tables)
      : per_row_(per_row), hole_(hole), hole_columns_(std::move(hole_columns)), tables_(tables) {}

  Result<std::vector<Batch>> run(const Batch& one_row,
                                 const exec::ExecContext& context) const override {
    Batch row({}, one_row.rows());
    for (const std::size_t column : hole_columns_) row.add(one_row.column(column));
    hole_.slot->assign(1, std::move(row));
    plan::Builder builder(tables_);
    QUARRY_TRY(plan::Stream stream, builder.build(per_row_));
    const auto collect = std::make_shared<exec::Collect>();
    builder.run_before(std::move(stream), collect);
    for (const exec::Pipeline& pipeline : builder.take_pipelines())
      QUARRY_CHECK(exec::run_pipeline(pipeline, context));
    return *collect->batches();
  }

 private:
  const PlanNode& per_row_;
  const RowHoleNode& hole_;
  std::vector<std::size_t> hole_columns_;
  plan::TableSource& tables_;
};

}  // namespace

std::vector<ColumnSet> RowHoleNode::required(const ColumnSet& needed) {
  std::erase_if(columns, [&](const BoundColumn& column) { return !needed.contains(column.id); });
  return {};
}

Result<plan::Stream> RowHoleNode::build(plan::Builder&) const {
  return plan::Builder::from_batches(slot);
}

std::shared_ptr<const exec::RowProgram> make_program(const PlanNode& plan, const RowHoleNode& hole,
                                                     const std::vector<BoundColumn>& input,
                                                     plan::TableSource& tables) {
  std::vector<std::size_t> hole_columns;
  for (const BoundColumn& column : hole.columns)
    hole_columns.push_back(plan::position_of(column.id, input));
  return std::make_shared<PlanProgram>(plan, hole, std::move(hole_columns), tables);
}

void ApplyNode::update_columns() {
  columns = inputs[0]->columns;
  columns.insert(columns.end(), per_row->columns.begin(), per_row->columns.end());
}

std::vector<ColumnSet> ApplyNode::required(const ColumnSet& needed) {
  if (!is_planned) plan::optimize(per_row);
  is_planned = true;
  ColumnSet below;
  for (const BoundColumn& column : inputs[0]->columns) {
    if (needed.contains(column.id)) below.insert(column.id);
  }
  for (const BoundColumn& column : hole->columns) below.insert(column.id);
  return {below};
}

Result<plan::Stream> ApplyNode::build(plan::Builder& builder) const {
  QUARRY_TRY(plan::Stream stream, builder.build(*inputs[0]));
  stream.add(std::make_shared<exec::ApplyRows>(
      make_program(*per_row, *hole, inputs[0]->columns, builder.tables()),
      plan::types_of(per_row->columns)));
  return stream;
}

}  // namespace quarry::kql
