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
    if (const LetValue* const loaded = scope->from_library(name)) return loaded;
  }
  return nullptr;
}

const LetValue* LetScope::from_library(std::string_view name) const {
  if (library_ == nullptr || name.empty()) return nullptr;
  if (const auto known = loaded_.find(name); known != loaded_.end()) return &known->second;
  const LibraryFunction* const found = library_->find(name);
  if (found == nullptr) return nullptr;
  LetValue value;
  value.kind = found->function != nullptr ? LetValue::Kind::kFunction : LetValue::Kind::kBroken;
  value.function = found->function;
  value.home = library_home_;
  return &loaded_.emplace(name, std::move(value)).first->second;
}

void LetScope::collect_names(std::vector<std::string>& names) const {
  for (const LetScope* scope = this; scope != nullptr; scope = scope->outer_) {
    for (const auto& [name, value] : scope->values_) names.push_back(name);
  }
}

void LetScope::collect_library_names(std::vector<std::string>& names) const {
  for (const LetScope* scope = this; scope != nullptr; scope = scope->outer_) {
    if (scope->library_ == nullptr) continue;
    for (std::string& name : scope->library_->names()) names.push_back(std::move(name));
  }
}

/// The scope of the body that this one lies in; nullptr outside of functions.
const LetScope* LetScope::enclosing_body() const {
  const LetScope* scope = this;
  while (scope != nullptr && scope->site_.function == nullptr) scope = scope->outer_;
  return scope;
}

std::string LetScope::way_back_to(const syntax::LetFunctionStatement& function) const {
  std::string way = function.name;
  for (const LetScope* body = enclosing_body(); body != nullptr;
       body = body->site_.caller->enclosing_body()) {
    way = body->site_.function->name + " > " + way;
    if (body->site_.function == &function) return way;
  }
  return {};
}

}  // namespace quarry::kql
