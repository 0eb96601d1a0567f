// Names of result columns: KQL numbers implicit names that clash (x, x1, x2) and refuses clashes of
// names that the query gives.
#pragma once

#include "common/kql/bind/binder.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::operators {

/// Hands out names that are not taken yet.
class UniqueNames {
 public:
  UniqueNames() = default;
  explicit UniqueNames(const std::vector<BoundColumn>& columns) {
    for (const BoundColumn& column : columns) taken_.insert(column.name);
  }
  bool is_taken(std::string_view name) const { return taken_.contains(name); }
  void take(std::string name) { taken_.insert(std::move(name)); }
  /// `name` itself, or with the first number that makes it new.
  std::string make(const std::string& name);

 private:
  std::set<std::string, std::less<>> taken_;
};

/// Renames implicit names that clash, reports given ones.
void make_names_unique(Binder& binder, std::vector<NamedValue>& values);

/// A column that passes on as it is.
NamedValue pass(const BoundColumn& column);
/// All columns of the input, passing on.
std::vector<NamedValue> pass_all(const PlanNode& input);

/// The columns that a list of names and wildcards means, each once; nullopt after an error.
std::optional<std::vector<BoundColumn>> columns_of(Binder& binder, const PlanNode& input,
                                                   const std::vector<syntax::Name*>& names);

bool contains(const std::vector<BoundColumn>& columns, ColumnId id);

}  // namespace quarry::kql::operators
