// Filters move down. A conjunct goes below a node when all columns that it reads are there below
// (ids tell) and the node lets filters pass, or when the node can say it in terms of its inputs (a
// renamed or copied column, the legs of a union). At a scan it becomes part of the scan's own
// filter: late materialisation and the raw prefilter live from that.
#include "common/kql/plan/optimize.h"

#include <algorithm>

namespace quarry::kql::plan {
namespace {

bool reads_only(const Expression& expression, const std::vector<BoundColumn>& columns) {
  ColumnSet read;
  collect_columns(expression, read);
  return std::all_of(read.begin(), read.end(), [&](ColumnId id) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const BoundColumn& column) { return column.id == id; });
  });
}

/// Which input a conjunct may sink into; none where it must stay.
std::optional<std::size_t> way_down(const PlanNode& node, const Expression& conjunct) {
  if (node.kind == NodeKind::kFilter || node.kind == NodeKind::kProject) {
    if (reads_only(conjunct, node.inputs[0]->columns)) return 0;
    return std::nullopt;
  }
  if (node.kind != NodeKind::kCustom) return std::nullopt;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    if (static_cast<const CustomNode&>(node).filter_passes(i) &&
        reads_only(conjunct, node.inputs[i]->columns))
      return i;
  }
  return std::nullopt;
}

/// The conjunct in terms of a projection's input, where it reads columns that are copies.
ExpressionPtr through_copies(const ProjectNode& project, const ExpressionPtr& conjunct) {
  ColumnSet read;
  collect_columns(*conjunct, read);
  Substitution copies;
  for (std::size_t i = 0; i < project.columns.size(); ++i) {
    if (!read.contains(project.columns[i].id)) continue;
    if (project.expressions[i]->kind == Expression::Kind::kCall) return nullptr;
    copies[project.columns[i].id] = project.expressions[i];
  }
  return substitute(conjunct, copies);
}

/// The conjunct for every input that it may sink into (null: none there); empty where it must stay.
std::vector<ExpressionPtr> below(const PlanNode& node, const ExpressionPtr& conjunct) {
  if (!is_repeatable(*conjunct)) return {};
  std::vector<ExpressionPtr> result(node.inputs.size());
  if (const auto input = way_down(node, *conjunct)) {
    result[*input] = conjunct;
    return result;
  }
  if (node.kind == NodeKind::kCustom)
    return static_cast<const CustomNode&>(node).filters_below(conjunct);
  if (node.kind != NodeKind::kProject) return {};
  result[0] = through_copies(static_cast<const ProjectNode&>(node), conjunct);
  if (result[0] == nullptr) return {};
  return result;
}

void sink(PlanNodePtr& node, std::vector<ExpressionPtr> conjuncts);

/// Puts what cannot go further in front of `node`.
void wrap(PlanNodePtr& node, std::vector<ExpressionPtr> conjuncts) {
  if (conjuncts.empty()) return;
  auto filter = std::make_unique<FilterNode>();
  filter->columns = node->columns;
  filter->span = node->span;
  filter->conjuncts = std::move(conjuncts);
  filter->inputs.push_back(std::move(node));
  node = std::move(filter);
}

void sink(PlanNodePtr& node, std::vector<ExpressionPtr> conjuncts) {
  if (node->kind == NodeKind::kFilter) {  // dissolve: its conjuncts travel with the others
    auto& filter = static_cast<FilterNode&>(*node);
    conjuncts.insert(conjuncts.begin(), filter.conjuncts.begin(), filter.conjuncts.end());
    PlanNodePtr input = std::move(filter.inputs[0]);
    node = std::move(input);
    sink(node, std::move(conjuncts));
    return;
  }
  if (node->kind == NodeKind::kScan) {
    auto& scan = static_cast<ScanNode&>(*node);
    scan.filter.insert(scan.filter.end(), conjuncts.begin(), conjuncts.end());
    return;
  }
  std::vector<std::vector<ExpressionPtr>> sunk(node->inputs.size());
  std::vector<ExpressionPtr> stay;
  for (ExpressionPtr& conjunct : conjuncts) {
    const std::vector<ExpressionPtr> parts = below(*node, conjunct);
    if (parts.empty()) stay.push_back(std::move(conjunct));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i] != nullptr) sunk[i].push_back(parts[i]);
    }
  }
  for (std::size_t i = 0; i < node->inputs.size(); ++i) sink(node->inputs[i], std::move(sunk[i]));
  wrap(node, std::move(stay));
}

}  // namespace

void push_filters(PlanNodePtr& root) { sink(root, {}); }

}  // namespace quarry::kql::plan
