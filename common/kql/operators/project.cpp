// project.cpp — KQL: project Column, Name = Expression, …
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct ProjectSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> list;
};

syntax::OperatorNode* parse_project(syntax::Parser& parser) {
  auto* const node = parser.make<ProjectSyntax>();
  node->list = parser.parse_named_list();
  return node;
}

PlanNodePtr bind_project(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  std::vector<NamedValue> values =
      binder.bind_named_list(static_cast<const ProjectSyntax&>(node).list, RowScope::of(*input),
                             "Column", MoreColumns::kAdd);
  make_names_unique(binder, values);
  return binder.project(std::move(input), values);
}

}  // namespace

extern constinit const OperatorDef kProject{
    .name = "project",
    .summary = "Chooses the columns of the result, in order; computes and names new ones.",
    .syntax = "project Column, Name = Expression, …",
    .example = "print a = 1, b = 2 | project c = a + b, a",
    .example_result = "3",
    .parse = parse_project,
    .bind = bind_project,
};

}  // namespace quarry::kql::operators
