#include "common/kql/operators/ordering.h"

#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/sort_node.h"
#include "common/kql/operators/nodes/union_node.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr first_rows(PlanNodePtr input, std::optional<std::uint64_t> limit) {
  if (!limit) return input;
  auto node = std::make_unique<LimitNode>();
  node->columns = input->columns;
  node->count = *limit;
  node->inputs.push_back(std::move(input));
  return node;
}

/// KQL: ascending puts nulls first, descending last, unless the query says otherwise.
bool nulls_first(const syntax::OrderedExpression& key) {
  if (key.nulls == syntax::OrderedExpression::Nulls::kDefault) return !key.descending;
  return key.nulls == syntax::OrderedExpression::Nulls::kFirst;
}

}  // namespace

PlanNodePtr ordered_by(Binder& binder, PlanNodePtr input,
                       const std::vector<syntax::OrderedExpression>& keys,
                       std::optional<std::uint64_t> limit) {
  const std::vector<BoundColumn> shown = input->columns;
  std::vector<NamedValue> values = pass_all(*input);
  auto sort = std::make_unique<SortNode>();
  sort->limit = limit;
  std::vector<std::size_t>
      computed;  // places in `keys` whose column comes from the projection below
  for (const syntax::OrderedExpression& key : keys) {
    const ExpressionPtr value = binder.bind(*key.value, RowScope::of(*input));
    if (value->type == Type::kUnknown) return nullptr;
    if (value->kind == Expression::Kind::kLiteral) continue;  // orders nothing
    SortKeyColumn column{
        {value->column, value->name, value->type}, key.descending, nulls_first(key)};
    if (value->kind != Expression::Kind::kColumn) {
      computed.push_back(sort->keys.size());
      values.push_back({"", value, value->span, false});
    }
    sort->keys.push_back(column);
  }
  if (sort->keys.empty()) return first_rows(std::move(input), limit);
  if (!computed.empty()) {
    input = binder.project(std::move(input), values);
    for (std::size_t i = 0; i < computed.size(); ++i) {
      BoundColumn& column = sort->keys[computed[i]].column;
      column = input->columns[shown.size() + i];
      column.name = to_text(*values[shown.size() + i].value);  // for explain
    }
  }
  sort->columns = input->columns;
  sort->inputs.push_back(std::move(input));
  if (computed.empty()) return sort;
  std::vector<NamedValue> back;
  for (const BoundColumn& column : shown) back.push_back(pass(column));
  return binder.project(std::move(sort), back);
}

}  // namespace quarry::kql::operators
