#include "common/kql/operators/column_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {

std::string UniqueNames::make(const std::string& name) {
  std::string result = name;
  for (int number = 1; !taken_.insert(result).second; ++number)
    result = fmt::format("{}{}", name, number);
  return result;
}

void make_names_unique(Binder& binder, std::vector<NamedValue>& values) {
  UniqueNames names;
  for (const NamedValue& value : values) {
    if (!value.named) continue;
    if (names.is_taken(value.name))
      binder.error(value.span, fmt::format("the column '{}' is declared twice", value.name));
    names.take(value.name);
  }
  for (NamedValue& value : values) {
    if (!value.named) value.name = names.make(value.name);
  }
}

NamedValue pass(const BoundColumn& column) { return {column.name, make_column(column), {}, false}; }

std::vector<NamedValue> pass_all(const PlanNode& input) {
  std::vector<NamedValue> values;
  values.reserve(input.columns.size());
  for (const BoundColumn& column : input.columns) values.push_back(pass(column));
  return values;
}

std::optional<std::vector<BoundColumn>> columns_of(Binder& binder, const PlanNode& input,
                                                   const std::vector<syntax::Name*>& names) {
  std::vector<BoundColumn> result;
  bool found_all = true;
  for (const syntax::Name* name : names) {
    const std::vector<BoundColumn> meant = binder.columns_like(input, *name);
    found_all = found_all && (name->wildcard || !meant.empty());
    for (const BoundColumn& column : meant) {
      if (!contains(result, column.id)) result.push_back(column);
    }
  }
  if (!found_all) return std::nullopt;
  return result;
}

bool contains(const std::vector<BoundColumn>& columns, ColumnId id) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const BoundColumn& column) { return column.id == id; });
}

}  // namespace quarry::kql::operators
