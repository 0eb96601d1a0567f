#include "common/kql/operators/kept_rows.h"

namespace quarry::kql::operators {

KeptRows::KeptRows(Binder& binder, PlanNodePtr input, SourceSpan span) : binder_(binder), open_(input->open) {
  for (const BoundColumn& column : input->columns) schema_.columns.push_back({column.name, column.type});
  batches_ = binder.checking() ? std::make_shared<const std::vector<Batch>>() : binder.run_now(std::move(input), span);
}

PlanNodePtr KeptRows::again(std::string label) {
  if (batches_ == nullptr) return nullptr;
  PlanNodePtr rows = binder_.rows(std::move(label), batches_, schema_);
  rows->open = open_;
  return rows;
}

}  // namespace quarry::kql::operators
