// rows_near(condition, rows, [rowsAfter]): the rows for which a condition is true and their
// neighbours, each once, in their order.
#include "common/kql/operators/plugins/plugin.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_rows_near(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  const ExpressionPtr condition =
      binder.bind_predicate(*call.argument("Condition"), RowScope::of(*input));
  const auto count = [&](std::string_view param) -> std::optional<std::size_t> {
    const auto value = call.constant(param, Type::kLong);
    if (!value || value->is_null()) return std::nullopt;
    return static_cast<std::size_t>(std::max<std::int64_t>(value->get<std::int64_t>(), 0));
  };
  const std::size_t before = count("NumRows").value_or(0);
  const std::size_t after = count("NumRowsAfter").value_or(before);
  if (condition->type == Type::kUnknown) return nullptr;
  std::vector<NamedValue> values;
  Schema schema;
  for (const BoundColumn& column : input->columns) {
    values.push_back({column.name, make_column(column), {}, true});
    schema.columns.push_back({column.name, column.type});
  }
  values.push_back({"", condition, {}, true});
  auto rows = rows_of(binder, binder.project(std::move(input), values), call.span());
  if (!rows) return nullptr;
  const std::size_t total = rows->all.rows();
  const Cells<Type::kBool> hits(rows->all.column(schema.columns.size()));
  auto kept = std::make_shared<std::vector<std::uint32_t>>();
  std::size_t next = 0;  // the first row that is not decided yet
  for (std::size_t row = 0; row < total; ++row) {
    if (hits.is_null(row) || hits[row] == 0) continue;
    const std::size_t begin = std::max(next, row - std::min(row, before));
    const std::size_t end = std::min(total, row + std::min(after, total) + 1);
    for (std::size_t i = begin; i < end; ++i) kept->push_back(static_cast<std::uint32_t>(i));
    next = std::max(next, end);
  }
  std::vector<Column> columns(rows->all.columns().begin(), rows->all.columns().end() - 1);
  const Batch all(std::move(columns), total);
  return table_of(binder, "rows_near", schema, all.selected(kept));
}

constexpr Param kParams[]{
    {.name = "Condition", .help = "Which rows to find."},
    {.name = "NumRows", .help = "How many rows around each to show."},
    {.name = "NumRowsAfter", .help = "How many behind it, where that differs.", .optional = true}};

}  // namespace

extern constinit const PluginDef kRowsNear{
    .name = "rows_near",
    .summary = "Rows that meet a condition and the rows around them.",
    .params = kParams,
    .example = "range x from 1 to 9 step 1 | evaluate rows_near(x == 5, 1) | count",
    .example_result = "3",
    .bind = bind_rows_near,
};

}  // namespace quarry::kql::operators
