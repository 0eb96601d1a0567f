// What union asks about tables before it binds them.
#include "common/kql/bind/binder.h"

namespace quarry::kql {
namespace {

bool fits(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() != '*') return !name.empty() && name.front() == pattern.front() && fits(pattern.substr(1), name.substr(1));
  return fits(pattern.substr(1), name) || (!name.empty() && fits(pattern, name.substr(1)));
}

}  // namespace

bool Binder::has_table(const syntax::Expression& expression) const {
  switch (expression.kind) {
    case syntax::ExpressionKind::kPipeline: {
      const syntax::Expression* const source = static_cast<const syntax::Pipeline&>(expression).source;
      return source == nullptr || has_table(*source);
    }
    case syntax::ExpressionKind::kName: {
      const auto& name = static_cast<const syntax::Name&>(expression);
      if (name.wildcard) return !context_.tables.match(name.name).empty() || !views_like(name).empty();
      if (const LetValue* const let = scope_->find(name.name)) return let->kind != LetValue::Kind::kScalar;
      return context_.tables.knows(name.name);
    }
    case syntax::ExpressionKind::kCall: return is_tabular(expression);
    default: return true;
  }
}

std::vector<std::string> Binder::views_like(const syntax::Name& wildcard) const {
  std::vector<std::string> names;
  std::vector<std::string> lets;
  scope_->collect_names(lets);
  for (std::string& name : lets) {
    const LetValue* const let = scope_->find(name);
    const bool view = let->kind == LetValue::Kind::kFunction && let->function->view && let->function->parameters.empty();
    if (view && fits(wildcard.name, name)) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace quarry::kql
