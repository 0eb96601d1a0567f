// top tells its scan what it wants: where only projections that keep rows stand between, and the
// first key is a column of the table, the scan reads that column first and the others only of rows
// that may be among the first N.
#include "common/kql/plan/optimize.h"

#include <algorithm>

namespace quarry::kql::plan {
namespace {

/// The id that a column has below a projection; nullopt where it is computed there.
std::optional<ColumnId> id_below(const ProjectNode& project, ColumnId id) {
  for (std::size_t i = 0; i < project.columns.size(); ++i) {
    if (project.columns[i].id != id) continue;
    const Expression& value = *project.expressions[i];
    if (value.kind != Expression::Kind::kColumn) return std::nullopt;
    return value.column;
  }
  return std::nullopt;
}

/// These have no order prefix that would rule anything out.
bool has_prefix(Type type) { return type != Type::kDynamic && type != Type::kDecimal; }

void offer(PlanNode& node, FirstRows first) {
  if (node.kind == NodeKind::kProject) {
    const auto below = id_below(static_cast<const ProjectNode&>(node), first.key);
    if (!below) return;
    first.key = *below;
    return offer(*node.inputs[0], first);
  }
  if (node.kind != NodeKind::kScan) return;
  const auto column = std::ranges::find(node.columns, first.key, &BoundColumn::id);
  if (column == node.columns.end() || !has_prefix(column->type)) return;
  static_cast<ScanNode&>(node).first_rows = first;
}

}  // namespace

void push_top(PlanNode& root) {
  if (root.kind == NodeKind::kCustom) {
    if (const auto first = static_cast<const CustomNode&>(root).first_rows())
      offer(*root.inputs[0], *first);
  }
  for (const PlanNodePtr& input : root.inputs) push_top(*input);
}

}  // namespace quarry::kql::plan
