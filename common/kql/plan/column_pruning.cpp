#include "common/kql/plan/optimize.h"

#include <algorithm>

namespace quarry::kql::plan {
namespace {

void prune(PlanNode& node, const ColumnSet& needed);

/// Drops columns[i] and its companion where its id is not needed.
template <class Companion>
void keep_needed(std::vector<BoundColumn>& columns, std::vector<Companion>& companions,
                 const ColumnSet& needed) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!needed.contains(columns[i].id)) continue;
    if (kept != i) {
      columns[kept] = std::move(columns[i]);
      companions[kept] = std::move(companions[i]);
    }
    ++kept;
  }
  columns.resize(kept);
  companions.resize(kept);
}

void prune_scan(ScanNode& scan, ColumnSet needed) {
  for (const ExpressionPtr& part : scan.filter) collect_columns(*part, needed);
  keep_needed(scan.columns, scan.source_columns, needed);
}

void prune_filter(FilterNode& filter, ColumnSet needed) {
  for (const ExpressionPtr& part : filter.conjuncts) collect_columns(*part, needed);
  prune(*filter.inputs[0], needed);
  filter.columns = filter.inputs[0]->columns;
}

void prune_project(ProjectNode& project, const ColumnSet& needed) {
  keep_needed(project.columns, project.expressions, needed);
  ColumnSet below;
  for (const ExpressionPtr& expression : project.expressions) collect_columns(*expression, below);
  prune(*project.inputs[0], below);
}

void prune_window(WindowNode& window, ColumnSet needed) {
  keep_needed(window.results, window.calls, needed);
  for (const ExpressionPtr& call : window.calls) collect_columns(*call, needed);
  prune(*window.inputs[0], needed);
  window.update_columns();
}

void prune(PlanNode& node, const ColumnSet& needed) {
  switch (node.kind) {
    case NodeKind::kScan:
      return prune_scan(static_cast<ScanNode&>(node), needed);
    case NodeKind::kRows: {
      auto& rows = static_cast<RowsNode&>(node);
      return keep_needed(rows.columns, rows.source_columns, needed);
    }
    case NodeKind::kFilter:
      return prune_filter(static_cast<FilterNode&>(node), needed);
    case NodeKind::kProject:
      return prune_project(static_cast<ProjectNode&>(node), needed);
    case NodeKind::kWindow:
      return prune_window(static_cast<WindowNode&>(node), needed);
    case NodeKind::kCustom:
      break;
  }
  auto& custom = static_cast<CustomNode&>(node);
  const std::vector<ColumnSet> below = custom.required(needed);
  for (std::size_t i = 0; i < custom.inputs.size(); ++i) prune(*custom.inputs[i], below[i]);
  custom.inputs_pruned();
}

bool same(const BoundColumn& a, const BoundColumn& b) {
  return a.id == b.id && a.type == b.type && a.name == b.name;
}

/// Does the node hand its input on as it is?
bool only_copies(const PlanNode& node) {
  if (node.kind != NodeKind::kProject) return false;
  const auto& project = static_cast<const ProjectNode&>(node);
  const auto passes = [](const ExpressionPtr& expression, const BoundColumn& column) {
    return expression->kind == Expression::Kind::kColumn && expression->column == column.id;
  };
  return std::ranges::equal(project.columns, project.inputs[0]->columns, same) &&
         std::ranges::equal(project.expressions, project.columns, passes);
}

/// Takes out projections that choose nothing, which pruning leaves behind.
void drop_copies(PlanNodePtr& node) {
  while (only_copies(*node)) {
    PlanNodePtr input = std::move(node->inputs[0]);
    node = std::move(input);
  }
  for (PlanNodePtr& input : node->inputs) drop_copies(input);
}

}  // namespace

void prune_columns(PlanNode& root) {
  ColumnSet needed;
  for (const BoundColumn& column : root.columns) needed.insert(column.id);
  prune(root, needed);
}

void optimize(PlanNodePtr& root) {
  // The root must show exactly its columns: filters above it may have left columns that only they
  // needed.
  auto top = std::make_unique<ProjectNode>();
  top->columns = root->columns;
  for (const BoundColumn& column : root->columns) top->expressions.push_back(make_column(column));
  top->inputs.push_back(std::move(root));
  root = std::move(top);
  push_filters(root);
  prune_columns(*root);
  drop_copies(root);
  push_top(*root);
}

}  // namespace quarry::kql::plan
