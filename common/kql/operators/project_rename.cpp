// project_rename.cpp — KQL: project-rename New = Old, …
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/operator.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct ProjectRenameSyntax final : syntax::OperatorNode {
  std::vector<syntax::Expression*> list;
};

syntax::OperatorNode* parse_project_rename(syntax::Parser& parser) {
  auto* const node = parser.make<ProjectRenameSyntax>();
  node->list = parser.parse_named_list();
  return node;
}

PlanNodePtr bind_project_rename(Binder& binder, const syntax::OperatorNode& node,
                                PlanNodePtr input) {
  std::vector<NamedValue> values = pass_all(*input);
  for (const syntax::Expression* item : static_cast<const ProjectRenameSyntax&>(node).list) {
    const auto* const named = item->kind == syntax::ExpressionKind::kNamed
                                  ? static_cast<const syntax::Named*>(item)
                                  : nullptr;
    if (named == nullptr || named->names.size() != 1 ||
        named->value->kind != syntax::ExpressionKind::kName) {
      if (item->kind != syntax::ExpressionKind::kError)
        binder.error(item->span, "expected New = Old");
      continue;
    }
    const auto& written = static_cast<const syntax::Name&>(*named->value);
    const bool unlisted = binder.find_column(input->columns, written.name) == nullptr &&
                          binder.find_or_take(*input, written.name) != nullptr;
    if (unlisted) continue;  // the new name is as unlisted as the old one
    const BoundColumn* const old = binder.column(*input, written);
    if (old == nullptr) continue;
    NamedValue& renamed = *std::find_if(values.begin(), values.end(), [&](const NamedValue& value) {
      return value.value->column == old->id;
    });
    renamed.name = named->names.front()->name;
    renamed.span = named->span;
    renamed.named = true;
  }
  for (const NamedValue& value : values) {
    const bool taken = std::any_of(values.begin(), values.end(), [&](const NamedValue& other) {
      return &other != &value && other.name == value.name;
    });
    if (value.named && taken)
      binder.error(value.span, fmt::format("the column '{}' is there already", value.name));
  }
  return binder.project(std::move(input), values);
}

}  // namespace

extern constinit const OperatorDef kProjectRename{
    .name = "project-rename",
    .summary = "Renames columns; they stay where they are.",
    .syntax = "project-rename New = Old, …",
    .example = "print a = 1, b = 2 | project-rename x = a | project x",
    .example_result = "1",
    .parse = parse_project_rename,
    .bind = bind_project_rename,
};

}  // namespace quarry::kql::operators
