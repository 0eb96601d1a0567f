// project_away.cpp — KQL: project-away Column, Prefix*, …
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct ProjectAwaySyntax final : syntax::OperatorNode {
  std::vector<syntax::Name*> names;
};

syntax::OperatorNode* parse_project_away(syntax::Parser& parser) {
  auto* const node = parser.make<ProjectAwaySyntax>();
  node->names = parser.parse_wildcard_names();
  return node;
}

PlanNodePtr bind_project_away(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto away = columns_of(binder, *input, static_cast<const ProjectAwaySyntax&>(node).names);
  if (!away) return nullptr;
  std::vector<NamedValue> values;
  for (const BoundColumn& column : input->columns) {
    if (!contains(*away, column.id)) values.push_back(pass(column));
  }
  return binder.project(std::move(input), values);
}

}  // namespace

extern constinit const OperatorDef kProjectAway{
    .name = "project-away",
    .summary = "Leaves columns out.",
    .syntax = "project-away Column, Prefix*, …",
    .example = "print a1 = 1, a2 = 2, b = 3 | project-away a*",
    .example_result = "3",
    .parse = parse_project_away,
    .bind = bind_project_away,
};

}  // namespace quarry::kql::operators
