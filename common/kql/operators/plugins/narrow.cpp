// narrow(): a row for each cell of the input.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/plugins/plugin.h"
#include "common/value/builder.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_narrow(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  std::vector<NamedValue> texts;
  ExpressionBinder expressions(binder, RowScope::none());
  for (const BoundColumn& column : input->columns)
    texts.push_back({column.name,
                     expressions.call("tostring", {make_column(column)}, call.span(), call.span()),
                     call.span(), true});
  auto rows = rows_of(binder, binder.project(std::move(input), texts), call.span());
  if (!rows) return nullptr;
  ColumnBuilder<Type::kLong> numbers;
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kString> values;
  for (std::size_t row = 0; row < rows->all.rows(); ++row) {
    for (std::size_t column = 0; column < rows->schema.columns.size(); ++column) {
      numbers.append(static_cast<std::int64_t>(row));
      names.append_copy(rows->schema.columns[column].name);
      values.append_copy(Cells<Type::kString>(rows->all.column(column))[row].view());
    }
  }
  const std::size_t count = numbers.rows();
  return table_of(
      binder, "narrow",
      Schema{{{"Row", Type::kLong}, {"Column", Type::kString}, {"Value", Type::kString}}},
      Batch({numbers.finish(), names.finish(), values.finish()}, count));
}

}  // namespace

extern constinit const PluginDef kNarrow{
    .name = "narrow",
    .summary = "A row for each cell: its row's number, its column's name, its text.",
    .example = "print a = 1, b = 'x' | evaluate narrow() | where Column == 'b' | project Value",
    .example_result = "x",
    .bind = bind_narrow,
};

}  // namespace quarry::kql::operators
