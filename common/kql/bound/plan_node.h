// The plan of a query as a tree. Five kinds of node are plain data that the planner understands
// (scan, rows, filter, project, window); every other operator is a CustomNode that answers for
// itself, declared in its own file under operators/.
//
// A node's `columns` are its output, in the order in which its batches hold them.
#pragma once

#include "common/base/result.h"
#include "common/kql/bound/expression.h"
#include "common/value/batch.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::kql {

namespace plan {
class Builder;
struct Stream;
}  // namespace plan

enum class NodeKind : std::uint8_t { kScan, kRows, kFilter, kProject, kWindow, kCustom };

struct PlanNode;
using PlanNodePtr = std::unique_ptr<PlanNode>;

struct PlanNode {
  explicit PlanNode(NodeKind what) : kind(what) {}
  virtual ~PlanNode() = default;
  PlanNode(const PlanNode&) = delete;
  PlanNode& operator=(const PlanNode&) = delete;

  NodeKind kind;
  SourceSpan span;
  std::vector<BoundColumn> columns;
  std::vector<PlanNodePtr> inputs;
  bool is_graph = false;  // has no rows: only graph operators take it
  bool open = false;  // may have columns that are not listed: to the binder an unknown name is a
                      // dynamic column that is always null
};

/// Of a node's input only the first `count` rows (at least one) by this order are wanted.
struct FirstRows {
  ColumnId key;
  bool descending = false;
  bool nulls_first = false;
  std::uint64_t count = 0;
};

/// Rows of a table of the catalogue. `source_columns[i]` is the place of columns[i] in the table's
/// schema.
struct ScanNode final : PlanNode {
  ScanNode() : PlanNode(NodeKind::kScan) {}
  std::string table;
  std::vector<std::size_t> source_columns;
  std::vector<ExpressionPtr> filter;    // conjuncts pushed down to the scan
  std::optional<FirstRows> first_rows;  // behind the filter
};

/// Rows in memory: datatable, range, a materialized table. `source_columns[i]` is the place of
/// columns[i] in the batches.
struct RowsNode final : PlanNode {
  RowsNode() : PlanNode(NodeKind::kRows) {}
  std::string label;  // for explain
  std::shared_ptr<const std::vector<Batch>> batches;
  std::vector<std::size_t> source_columns;
};

/// Rows for which every conjunct is true.
struct FilterNode final : PlanNode {
  FilterNode() : PlanNode(NodeKind::kFilter) {}
  std::vector<ExpressionPtr> conjuncts;
};

/// columns[i] = expressions[i]. A column that only passes through keeps its id and is a kColumn
/// expression of the same id.
struct ProjectNode final : PlanNode {
  ProjectNode() : PlanNode(NodeKind::kProject) {}
  std::vector<ExpressionPtr> expressions;
};

/// The input's columns and those of window functions, whose values depend on the rows around: no
/// filter passes, the order counts. results[i] = calls[i].
struct WindowNode final : PlanNode {
  WindowNode() : PlanNode(NodeKind::kWindow) {}
  std::vector<ExpressionPtr> calls;
  std::vector<BoundColumn> results;

  /// Sets `columns` from the input's and the results.
  void update_columns() {
    columns = inputs[0]->columns;
    columns.insert(columns.end(), results.begin(), results.end());
  }
};

/// Any other operator.
struct CustomNode : PlanNode {
  CustomNode() : PlanNode(NodeKind::kCustom) {}

  /// One line for explain: "summarize count() by FileName".
  virtual std::string describe() const = 0;
  /// Told which output columns are needed: drops what is not (it may keep more) and says what it
  /// needs of each input. The planner has pruned the inputs by that before it calls
  /// inputs_pruned().
  virtual std::vector<ColumnSet> required(const ColumnSet& needed) = 0;
  /// Inputs have fewer columns now: sets `columns` anew where they mirror the input's.
  virtual void inputs_pruned() {}
  /// May a filter that stands behind this node and reads only columns of input `input` (by id) be
  /// applied to that input instead?
  virtual bool filter_passes(std::size_t input) const {
    static_cast<void>(input);
    return false;
  }
  /// The same for nodes whose outputs have ids of their own (union): the filter written anew for
  /// every input; empty where it must stay.
  virtual std::vector<ExpressionPtr> filters_below(const ExpressionPtr& conjunct) const {
    static_cast<void>(conjunct);
    return {};
  }
  /// Which rows of the only input can make a difference, where the node knows.
  virtual std::optional<FirstRows> first_rows() const { return std::nullopt; }
  /// Adds its steps behind its inputs' (builder.build(*inputs[i])).
  virtual Result<plan::Stream> build(plan::Builder& builder) const = 0;
};

}  // namespace quarry::kql
