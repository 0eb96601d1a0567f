#include "common/kql/operators/kept_rows.h"

#include "common/kql/operators/column_names.h"
#include "common/kql/plan/optimize.h"

#include <algorithm>

namespace quarry::kql::operators {
namespace {

/// Operators whose plan tells which columns they read.
constexpr std::string_view kPlain[]{"where",
                                    "extend",
                                    "project",
                                    "project-away",
                                    "project-keep",
                                    "project-rename",
                                    "project-reorder",
                                    "summarize",
                                    "distinct",
                                    "count",
                                    "top",
                                    "sort",
                                    "take",
                                    "sample-distinct",
                                    "mv-expand",
                                    "parse",
                                    "parse-where",
                                    "top-hitters",
                                    "top-nested",
                                    "scan",
                                    "make-series"};

bool is_plain(const syntax::Pipeline& branch) {
  return std::all_of(
      branch.operators.begin(), branch.operators.end(), [](const syntax::OperatorNode* node) {
        return node->syntax != nullptr && std::find(std::begin(kPlain), std::end(kPlain),
                                                    node->syntax->name) != std::end(kPlain);
      });
}

Schema schema_of(const PlanNode& rows) {
  Schema schema;
  for (const BoundColumn& column : rows.columns)
    schema.columns.push_back({column.name, column.type});
  return schema;
}

/// The batches with null columns where the schema has one that was not kept.
std::shared_ptr<const std::vector<Batch>> widened(const std::vector<Batch>& batches,
                                                  const Schema& schema,
                                                  const NeededColumns& needed) {
  auto result = std::make_shared<std::vector<Batch>>();
  for (const Batch& batch : batches) {
    Batch wide({}, batch.rows());
    std::size_t at = 0;
    for (const ColumnSchema& column : schema.columns)
      wide.add(needed.contains(column.name) ? batch.column(at++)
                                            : Column::all_null(column.type, batch.rows()));
    result->push_back(std::move(wide));
  }
  return result;
}

}  // namespace

void NeededColumns::begin(std::set<std::string> names) {
  all_ = false;
  names_ = std::move(names);
}

void NeededColumns::add(Binder& binder, const PlanNode& rows, const syntax::Pipeline& branch) {
  all_ = all_ || !is_plain(branch);
  if (all_) return;
  PlanNodePtr source = binder.rows("fork", std::make_shared<std::vector<Batch>>(), schema_of(rows));
  const auto& read = static_cast<const RowsNode&>(*source);
  PlanNodePtr plan = binder.bind_operators(std::move(source), branch.operators);
  all_ = plan == nullptr;
  if (all_) return;
  plan::optimize(plan);
  for (const BoundColumn& column : read.columns) names_.insert(column.name);
}

KeptRows::KeptRows(Binder& binder, PlanNodePtr input, const NeededColumns& needed, SourceSpan span)
    : binder_(binder), schema_(schema_of(*input)), open_(input->open) {
  if (binder.checking()) {
    batches_ = std::make_shared<const std::vector<Batch>>();
    return;
  }
  std::vector<NamedValue> values;
  for (const BoundColumn& column : input->columns) {
    if (needed.contains(column.name)) values.push_back(pass(column));
  }
  const bool all = values.size() == input->columns.size();
  batches_ =
      binder.run_now(all ? std::move(input) : binder.project(std::move(input), values), span);
  if (batches_ != nullptr && !all) batches_ = widened(*batches_, schema_, needed);
}

PlanNodePtr KeptRows::again(std::string label) {
  if (batches_ == nullptr) return nullptr;
  PlanNodePtr rows = binder_.rows(std::move(label), batches_, schema_);
  rows->open = open_;
  return rows;
}

}  // namespace quarry::kql::operators
