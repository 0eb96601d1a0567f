// Rows that several plans read (fork, facet): run once while the query is being bound, then handed
// out as often as needed.
#pragma once

#include "common/kql/bind/binder.h"

#include <memory>
#include <set>
#include <string>

namespace quarry::kql::operators {

/// The columns that the branches read, found out while the query is checked, so that the run keeps
/// no others.
class NeededColumns {
 public:
  /// Forgets what was found; columns with these names are needed anyway.
  void begin(std::set<std::string> names = {});
  /// Adds what a branch reads of these rows: it is bound again, to be looked at. Operators that may
  /// do more with their rows than say so in their plan need all columns.
  void add(Binder& binder, const PlanNode& rows, const syntax::Pipeline& branch);
  bool contains(const std::string& name) const { return all_ || names_.contains(name); }

 private:
  bool all_ = true;
  std::set<std::string> names_;
};

class KeptRows {
 public:
  /// While checking there are no rows.
  KeptRows(Binder& binder, PlanNodePtr input, const NeededColumns& needed, SourceSpan span);
  /// The rows with ids of their own; null after an error.
  PlanNodePtr again(std::string label);

 private:
  Binder& binder_;
  Schema schema_;
  bool open_ = false;
  std::shared_ptr<const std::vector<Batch>> batches_;
};

}  // namespace quarry::kql::operators
