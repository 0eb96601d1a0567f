// The aggregate list of summarize and make-series: expressions over aggregate calls, several
// columns for calls that give several.
#pragma once

#include "common/kql/bind/binder.h"

#include <string>
#include <vector>

namespace quarry::kql::operators {

/// Binds one item after the other while `collector` is the binder's.
class AggregateItemBinder {
 public:
  /// `scope` is what can be read outside of aggregates; `unnamed` the number of the first Column
  /// without a name.
  AggregateItemBinder(Binder& binder, AggregateCollector& collector, const RowScope& scope,
                      int unnamed)
      : binder_(binder), collector_(collector), scope_(scope), unnamed_(unnamed) {}

  /// Adds the item's columns.
  void bind(const syntax::Expression& item, std::vector<NamedValue>& values);

 private:
  void add_results(const CollectedAggregate& call, const syntax::Named* named, SourceSpan span,
                   std::vector<NamedValue>& values);
  std::string next_name();

  Binder& binder_;
  AggregateCollector& collector_;
  RowScope scope_;
  int unnamed_;
};

/// How many columns of a list have names of the form Column1.
int count_unnamed(const std::vector<NamedValue>& values);

}  // namespace quarry::kql::operators
