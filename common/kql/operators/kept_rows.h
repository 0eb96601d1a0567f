// Rows that several plans read: run once while the query is being bound, then handed out as often as needed.
#pragma once

#include <memory>
#include <string>

#include "common/kql/bind/binder.h"

namespace quarry::kql::operators {

class KeptRows {
 public:
  KeptRows(Binder& binder, PlanNodePtr input, SourceSpan span);
  /// The rows with ids of their own; null after an error.
  PlanNodePtr again(std::string label);

 private:
  Binder& binder_;
  Schema schema_;
  bool open_ = false;
  std::shared_ptr<const std::vector<Batch>> batches_;
};

}  // namespace quarry::kql::operators
