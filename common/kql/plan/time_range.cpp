#include "common/kql/plan/time_range.h"

#include <algorithm>
#include <string_view>

namespace quarry::kql::plan {
namespace {

bool is_event_time(const Expression& expression, const std::vector<BoundColumn>& columns) {
  if (expression.kind != Expression::Kind::kColumn || expression.type != Type::kDatetime)
    return false;
  const auto column = std::ranges::find(columns, expression.column, &BoundColumn::id);
  return column != columns.end() &&
         (column->name == "Timestamp" || column->name == "TimeGenerated");
}

std::optional<Datetime> instant(const Expression& expression) {
  if (expression.kind != Expression::Kind::kLiteral || expression.type != Type::kDatetime ||
      expression.literal.is_null())
    return std::nullopt;
  return expression.literal.get<Datetime>();
}

void narrow(table::TimeRange& range, std::string_view comparison, Datetime bound) {
  if (comparison != "<" && comparison != "<=")
    range.from = range.from ? std::max(*range.from, bound) : bound;
  if (comparison != ">" && comparison != ">=")
    range.to = range.to ? std::min(*range.to, bound) : bound;
}

std::string_view mirrored(std::string_view comparison) {
  if (comparison == "<") return ">";
  if (comparison == "<=") return ">=";
  if (comparison == ">") return "<";
  if (comparison == ">=") return "<=";
  return comparison;
}

bool is_comparison(std::string_view name) {
  return name == "<" || name == "<=" || name == ">" || name == ">=" || name == "==";
}

}  // namespace

table::TimeRange find_time_range(const std::vector<ExpressionPtr>& conjuncts,
                                 const std::vector<BoundColumn>& columns) {
  table::TimeRange range;
  for (const ExpressionPtr& conjunct : conjuncts) {
    if (conjunct->kind != Expression::Kind::kCall || conjunct->arguments.size() != 2 ||
        !is_comparison(conjunct->name))
      continue;
    const Expression& left = *conjunct->arguments[0];
    const Expression& right = *conjunct->arguments[1];
    if (const auto bound = instant(right); bound && is_event_time(left, columns))
      narrow(range, conjunct->name, *bound);
    else if (const auto mirrored_bound = instant(left);
             mirrored_bound && is_event_time(right, columns))
      narrow(range, mirrored(conjunct->name), *mirrored_bound);
  }
  return range;
}

}  // namespace quarry::kql::plan
