// extend.cpp — KQL: extend Name = Expression, …
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/extended.h"
#include "common/kql/operators/operator.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct ExtendSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> list;
};

syntax::OperatorNode* parse_extend(syntax::Parser& parser) {
  auto* const node = parser.make<ExtendSyntax>();
  node->list = parser.parse_named_list();
  return node;
}

PlanNodePtr bind_extend(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const std::vector<NamedValue> values =
      binder.bind_named_list(static_cast<const ExtendSyntax&>(node).list, RowScope::of(*input));
  return extended(binder, std::move(input), values);
}

}  // namespace

/// KQL: a given name that is there already replaces that column in its place; an implicit one is
/// numbered.
PlanNodePtr extended(Binder& binder, PlanNodePtr input, const std::vector<NamedValue>& values) {
  std::vector<NamedValue> all = pass_all(*input);
  UniqueNames names(input->columns);
  UniqueNames given;
  for (const NamedValue& value : values) {
    NamedValue column = value;
    if (!value.named) {
      column.name = names.make(value.name);
    } else if (names.is_taken(value.name)) {
      if (given.is_taken(value.name))
        binder.error(value.span, "the column '" + value.name + "' is declared twice");
      given.take(value.name);
      const auto old = std::find_if(
          all.begin(), all.end(), [&](const NamedValue& each) { return each.name == value.name; });
      *old = std::move(column);
      continue;
    } else {
      names.take(value.name);
      given.take(value.name);
    }
    all.push_back(std::move(column));
  }
  return binder.project(std::move(input), all);
}

extern constinit const OperatorDef kExtend{
    .name = "extend",
    .summary = "Adds computed columns, or computes columns anew.",
    .syntax = "extend Name = Expression, …",
    .example = "print a = 20 | extend b = a + 1 | project b",
    .example_result = "21",
    .parse = parse_extend,
    .bind = bind_extend,
};

}  // namespace quarry::kql::operators
