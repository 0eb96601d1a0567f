// project_keep.cpp — KQL: project-keep Column, Prefix*, …
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {
namespace {

struct ProjectKeepSyntax final : syntax::OperatorNode {
  std::vector<syntax::Name*> names;
};

syntax::OperatorNode* parse_project_keep(syntax::Parser& parser) {
  auto* const node = parser.make<ProjectKeepSyntax>();
  node->names = parser.parse_wildcard_names();
  return node;
}

PlanNodePtr bind_project_keep(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto kept = columns_of(binder, *input, static_cast<const ProjectKeepSyntax&>(node).names);
  if (!kept) return nullptr;
  std::vector<NamedValue> values;  // in the input's order, whatever the order of the names
  for (const BoundColumn& column : input->columns) {
    if (contains(*kept, column.id)) values.push_back(pass(column));
  }
  return binder.project(std::move(input), values);
}

}  // namespace

extern constinit const OperatorDef kProjectKeep{
    .name = "project-keep",
    .summary = "Keeps only the named columns, in the input's order.",
    .syntax = "project-keep Column, Prefix*, …",
    .example = "print a1 = 1, b = 3, a2 = 2 | project-keep b, a2",
    .example_result = "3",
    .parse = parse_project_keep,
    .bind = bind_project_keep,
};

}  // namespace quarry::kql::operators
