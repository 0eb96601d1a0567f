// mv_apply.cpp — KQL: mv-apply [with_itemindex=Name] [Name =] Array [to typeof(Type)], … [limit N]
// on ( Operators )
//
// Operators that look at one row at a time (where, extend, project …) simply stand behind the
// expansion. Others see the elements of one row of the input only; their plan runs once for every
// row.
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/expansion.h"
#include "common/kql/operators/nodes/apply_node.h"
#include "common/kql/operators/operator.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct MvApplySyntax final : syntax::OperatorNode {
  ExpansionSyntax expansion;
  syntax::Pipeline* body = nullptr;
};

syntax::OperatorNode* parse_mv_apply(syntax::Parser& parser) {
  auto* const node = parser.make<MvApplySyntax>();
  node->expansion = parse_expansion(parser);
  if (parser.expect_keyword("on")) node->body = parser.parse_subpipeline();
  return node;
}

constexpr std::string_view kRowwise[]{
    "where",          "extend",          "project",   "project-away", "project-keep",
    "project-rename", "project-reorder", "mv-expand", "parse",        "parse-where"};

bool is_rowwise(const syntax::Pipeline& body) {
  return std::all_of(
      body.operators.begin(), body.operators.end(), [](const syntax::OperatorNode* node) {
        if (node->syntax == nullptr) return false;
        if (node->syntax->name == "mv-apply") {
          const auto& inner = static_cast<const MvApplySyntax&>(*node);
          return inner.body != nullptr && is_rowwise(*inner.body);
        }
        return std::find(std::begin(kRowwise), std::end(kRowwise), node->syntax->name) !=
               std::end(kRowwise);
      });
}

/// Lets columns pass through the nodes of a chain that dropped them.
void carry(PlanNode& node, const std::vector<BoundColumn>& wanted) {
  const bool complete = std::all_of(wanted.begin(), wanted.end(), [&](const BoundColumn& column) {
    return contains(node.columns, column.id);
  });
  if (complete || node.inputs.size() != 1) return;
  carry(*node.inputs[0], wanted);
  if (node.kind == NodeKind::kFilter) node.columns = node.inputs[0]->columns;
  if (node.kind == NodeKind::kWindow) static_cast<WindowNode&>(node).update_columns();
  if (node.kind == NodeKind::kCustom) static_cast<CustomNode&>(node).inputs_pruned();
  if (node.kind != NodeKind::kProject) return;
  for (const BoundColumn& column : wanted) {
    if (contains(node.columns, column.id)) continue;
    node.columns.push_back(column);
    static_cast<ProjectNode&>(node).expressions.push_back(make_column(column));
  }
}

/// The expanded rows behind the operators of the body; null after an error.
PlanNodePtr bind_body(Binder& binder, const MvApplySyntax& node, PlanNodePtr input) {
  Expansion expansion = bind_expansion(binder, node.expansion, std::move(input), std::nullopt);
  if (expansion.node == nullptr) return nullptr;
  return binder.bind_operators(binder.project(std::move(expansion.node), expansion.columns),
                               node.body->operators);
}

/// KQL: the input's columns stay; the body's new ones are added, or take the place of those of the
/// same name.
std::vector<NamedValue> shown_columns(const std::vector<BoundColumn>& before,
                                      const std::vector<BoundColumn>& body) {
  std::vector<NamedValue> result;
  for (const BoundColumn& column : before) result.push_back(pass(column));
  for (const BoundColumn& column : body) {
    if (contains(before, column.id)) continue;
    const auto old = std::find_if(result.begin(), result.end(),
                                  [&](const NamedValue& each) { return each.name == column.name; });
    if (old != result.end())
      *old = pass(column);
    else
      result.push_back(pass(column));
  }
  return result;
}

/// The leaf of a chain of nodes with one input each.
PlanNodePtr& leaf_of(PlanNodePtr& node) {
  return node->inputs.empty() ? node : leaf_of(node->inputs[0]);
}

bool has_window(const PlanNode& node) {
  return node.kind == NodeKind::kWindow || (!node.inputs.empty() && has_window(*node.inputs[0]));
}

/// The plan of the body runs once for every row of the input.
PlanNodePtr apply_per_row(Binder& binder, PlanNodePtr body, RowHoleNode* hole, PlanNodePtr input) {
  const std::vector<BoundColumn> before = input->columns;
  auto apply = std::make_unique<ApplyNode>();
  apply->hole = hole;
  std::vector<NamedValue> made;
  for (const BoundColumn& column : body->columns) {
    if (!contains(before, column.id)) made.push_back(pass(column));
  }
  apply->per_row = binder.project(std::move(body), made);
  apply->inputs.push_back(std::move(input));
  apply->update_columns();
  const std::vector<NamedValue> shown = shown_columns(before, apply->per_row->columns);
  return binder.project(std::move(apply), shown);
}

PlanNodePtr bind_mv_apply(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& apply = static_cast<const MvApplySyntax&>(node);
  if (apply.body == nullptr) return nullptr;
  const std::vector<BoundColumn> before = input->columns;
  auto hole = std::make_unique<RowHoleNode>();
  hole->columns = before;
  hole->open = input->open;
  RowHoleNode* const place = hole.get();
  const auto slot = hole->slot;
  PlanNodePtr body = bind_body(binder, apply, std::move(hole));
  if (body == nullptr) return nullptr;
  if (slot.use_count() ==
      1) {  // the plan that had the place for a row is gone: it was run while being bound
    binder.error(apply.body->span,
                 "mv-apply cannot hold operators that need their rows while the query is read: as, "
                 "plugins without a schema");
    return nullptr;
  }
  if (!is_rowwise(*apply.body) || has_window(*body))
    return apply_per_row(binder, std::move(body), place, std::move(input));
  leaf_of(body) = std::move(input);
  const std::vector<NamedValue> shown = shown_columns(before, body->columns);
  carry(*body, before);
  return binder.project(std::move(body), shown);
}

constexpr std::string_view kAliases[]{"mvapply"};

}  // namespace

extern constinit const OperatorDef kMvApply{
    .name = "mv-apply",
    .aliases = kAliases,
    .summary = "Expands arrays and applies operators to the elements of each row on their own.",
    .syntax =
        "mv-apply [with_itemindex=Name] [Name =] Array [to typeof(Type)], … [limit N] on ( "
        "Operators )",
    .example =
        "print a = dynamic([5, 7, 6]) | mv-apply x = a to typeof(long) on (top 1 by x) | project x",
    .example_result = "7",
    .parse = parse_mv_apply,
    .bind = bind_mv_apply,
};

}  // namespace quarry::kql::operators
