#include "common/kql/plan/explain.h"

#include "common/kql/plan/needles.h"
#include "common/kql/plan/time_range.h"
#include "common/time/format.h"

#include <algorithm>

namespace quarry::kql::plan {
namespace {

std::string list(const std::vector<BoundColumn>& columns) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i == 12 && columns.size() > 14)
      return text + ", … " + std::to_string(columns.size() - i) + " more";
    text += (i > 0 ? ", " : "") + columns[i].name;
  }
  return text;
}

std::string conjunction(const std::vector<ExpressionPtr>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i > 0 ? " and " : "") + to_text(*parts[i]);
  return text;
}

std::string describe_scan(const ScanNode& scan) {
  std::string text = "scan " + scan.table + ": " +
                     (scan.columns.empty() ? std::string("no column") : list(scan.columns));
  if (!scan.filter.empty()) text += " where " + conjunction(scan.filter);
  std::string looked_for;
  for (const table::Needle& needle : find_needles(scan.filter)) {
    if (!looked_for.empty()) looked_for += ", ";
    for (std::size_t i = 0; i < needle.any_of.size(); ++i)
      looked_for += (i > 0 ? " or " : "") + needle.any_of[i];
  }
  if (!looked_for.empty()) text += " (raw lines are searched for: " + looked_for + ")";
  if (const auto from = find_time_range(scan.filter, scan.columns).from)
    text += " (folders of hours before " + to_string(*from) + " are skipped)";
  if (scan.first_rows) {
    const auto& columns = scan.columns;
    const auto key = std::ranges::find(columns, scan.first_rows->key, &BoundColumn::id);
    text += " (of other rows than the first " + std::to_string(scan.first_rows->count) + " only " +
            key->name + " is read)";
  }
  return text;
}

std::string describe_project(const ProjectNode& project) {
  std::string text = "project ";
  for (std::size_t i = 0; i < project.columns.size(); ++i) {
    const Expression& value = *project.expressions[i];
    const bool same =
        value.kind == Expression::Kind::kColumn && value.name == project.columns[i].name;
    text += (i > 0 ? ", " : "") + project.columns[i].name + (same ? "" : " = " + to_text(value));
  }
  return text;
}

std::string describe_window(const WindowNode& window) {
  std::string text = "window ";
  for (std::size_t i = 0; i < window.calls.size(); ++i)
    text += (i > 0 ? ", " : "") + to_text(*window.calls[i]);
  return text;
}

std::string describe(const PlanNode& node) {
  switch (node.kind) {
    case NodeKind::kScan:
      return describe_scan(static_cast<const ScanNode&>(node));
    case NodeKind::kRows:
      return "rows of " + static_cast<const RowsNode&>(node).label + ": " + list(node.columns);
    case NodeKind::kFilter:
      return "where " + conjunction(static_cast<const FilterNode&>(node).conjuncts);
    case NodeKind::kProject:
      return describe_project(static_cast<const ProjectNode&>(node));
    case NodeKind::kWindow:
      return describe_window(static_cast<const WindowNode&>(node));
    case NodeKind::kCustom:
      break;
  }
  return static_cast<const CustomNode&>(node).describe();
}

void append(const PlanNode& node, std::size_t depth, std::string& out) {
  out.append(2 * depth, ' ');
  out += describe(node) + '\n';
  for (const PlanNodePtr& input : node.inputs) append(*input, depth + 1, out);
}

}  // namespace

void explain(const PlanNode& root, std::string& out) { append(root, 0, out); }

}  // namespace quarry::kql::plan
