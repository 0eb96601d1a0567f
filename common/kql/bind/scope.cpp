#include "common/kql/bind/scope.h"

namespace quarry::kql {

RowScope RowScope::of(const PlanNode& input) {
  RowScope scope;
  scope.columns = &input.columns;
  scope.open = input.open;
  return scope;
}

const LetValue* LetScope::find(std::string_view name) const {
  for (const LetScope* scope = this; scope != nullptr; scope = scope->outer_) {
    if (const auto found = scope->values_.find(name); found != scope->values_.end())
      return &found->second;
  }
  return nullptr;
}

void LetScope::collect_names(std::vector<std::string>& names) const {
  for (const LetScope* scope = this; scope != nullptr; scope = scope->outer_) {
    for (const auto& [name, value] : scope->values_) names.push_back(name);
  }
}

}  // namespace quarry::kql
