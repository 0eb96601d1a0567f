// What operators ask of the binder beside names and types: tables before they are bound (union), a
// value inside a table's text (partition), results beside the main one (fork, facet).
#include "common/base/wildcard.h"
#include "common/kql/bind/binder.h"
#include "common/kql/bind/scope_switch.h"

#include <fmt/format.h>

namespace quarry::kql {
bool Binder::has_table(const syntax::Expression& expression) const {
  switch (expression.kind) {
    case syntax::ExpressionKind::kPipeline: {
      const syntax::Expression* const source =
          static_cast<const syntax::Pipeline&>(expression).source;
      return source == nullptr || has_table(*source);
    }
    case syntax::ExpressionKind::kName: {
      const auto& name = static_cast<const syntax::Name&>(expression);
      if (name.wildcard)
        return !context_.tables.match(name.name).empty() || !views_like(name).empty();
      if (const LetValue* const let = scope_->find(name.name))
        return let->kind != LetValue::Kind::kScalar;
      return context_.tables.knows(name.name);
    }
    case syntax::ExpressionKind::kCall:
      return is_tabular(expression);
    default:
      return true;
  }
}

PlanNodePtr Binder::bind_table_with(const std::string& name, LetValue value,
                                    const syntax::Expression& table) {
  const ScopeSwitch inside(*this, scope_, table.span);
  if (!inside.entered()) return nullptr;
  inside.scope().define(name, std::move(value));
  inside.enter();
  return bind_table(table);
}

bool Binder::may_give_results(const syntax::OperatorNode& node) {
  if (&node == last_operator_) return true;
  error(node.keyword,
        fmt::format("{} gives several results, so it can only end a query", node.syntax->name),
        "write the rest of the query inside its brackets");
  return false;
}

std::vector<std::string> Binder::views_like(const syntax::Name& wildcard) const {
  std::vector<std::string> names;
  std::vector<std::string> lets;
  scope_->collect_names(lets);
  for (std::string& name : lets) {
    const LetValue* const let = scope_->find(name);
    const bool view = let->kind == LetValue::Kind::kFunction && let->function->view &&
                      let->function->parameters.empty();
    if (view && fits_wildcard(wildcard.name, name)) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace quarry::kql
