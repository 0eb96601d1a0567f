// project_by_names.cpp — KQL: project-by-names "Column", "Prefix*", dynamic(["Column", …]),
// column_names_of(Table), …
//
// Names that no column has are left out without a word; a column that is meant twice stands where
// it was meant first.
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

struct ProjectByNamesSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> names;
};

syntax::OperatorNode* parse_project_by_names(syntax::Parser& parser) {
  auto* const node = parser.make<ProjectByNamesSyntax>();
  node->names = parser.parse_expression_list();
  return node;
}

/// The texts of an array (those of arrays within too), or the text itself.
void add_texts(const DynamicView& value, std::vector<std::string>& names) {
  std::string scratch;
  if (const auto text = value.as_string(scratch)) names.emplace_back(*text);
  if (value.kind() != DynamicKind::kArray) return;
  ArrayCursor cursor(value);
  DynamicView element;
  while (cursor.next(element)) {
    if (const auto text = element.as_string(scratch)) names.emplace_back(*text);
  }
}

/// False after an error.
bool add_names(Binder& binder, const syntax::Expression& written, std::vector<std::string>& names) {
  if (written.kind == syntax::ExpressionKind::kCall &&
      static_cast<const syntax::Call&>(written).name == "column_names_of") {
    const auto& call = static_cast<const syntax::Call&>(written);
    if (call.arguments.size() != 1) {
      binder.error(call.span, "column_names_of takes a table");
      return false;
    }
    const PlanNodePtr table = binder.bind_table(*call.arguments[0]);
    if (table == nullptr) return false;
    for (const BoundColumn& column : table->columns) names.push_back(column.name);
    return true;
  }
  const ExpressionPtr value = binder.bind(written, RowScope::none());
  if (value->type == Type::kUnknown) return false;
  const bool fits = value->kind == Expression::Kind::kLiteral &&
                    (value->type == Type::kString || value->type == Type::kDynamic);
  if (!fits) {
    binder.error(written.span,
                 "expected a column's name, a pattern, or an array of them, as a constant",
                 "project-by-names \"Column\", dynamic([\"A\", \"B*\"])");
    return false;
  }
  if (value->type == Type::kString)
    names.push_back(value->literal.get<std::string>());
  else if (!value->literal.is_null())
    add_texts(DynamicView(value->literal.get<DynamicText>().json), names);
  return true;
}

PlanNodePtr bind_project_by_names(Binder& binder, const syntax::OperatorNode& node,
                                  PlanNodePtr input) {
  std::vector<std::string> names;
  bool sound = true;
  for (const syntax::Expression* written : static_cast<const ProjectByNamesSyntax&>(node).names)
    sound = add_names(binder, *written, names) && sound;
  if (!sound) return nullptr;
  std::vector<BoundColumn> columns;
  for (const std::string& each : names) {
    syntax::Name name;
    name.name = each;
    name.wildcard = true;  // a name without * is a pattern too, and a pattern may fit nothing
    for (const BoundColumn& column : binder.columns_like(*input, name)) {
      if (!contains(columns, column.id)) columns.push_back(column);
    }
  }
  std::vector<NamedValue> values;
  for (const BoundColumn& column : columns) values.push_back(pass(column));
  return binder.project(std::move(input), values);
}

}  // namespace

extern constinit const OperatorDef kProjectByNames{
    .name = "project-by-names",
    .summary =
        "Keeps the columns of these names and patterns, in their order; names that do not exist "
        "are left out.",
    .syntax =
        "project-by-names \"Column\", \"Prefix*\", dynamic([\"Column\", …]), "
        "column_names_of(Table), …",
    .example = "print a1 = 1, b = 3, a2 = 2 | project-by-names dynamic(['b', 'c']), 'a*'",
    .example_result = "3",
    .parse = parse_project_by_names,
    .bind = bind_project_by_names,
};

}  // namespace quarry::kql::operators
