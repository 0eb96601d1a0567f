// T | invoke F(…): a user function whose first parameter is the table at hand.
#include "common/kql/bind/binder.h"
#include "common/kql/bind/scope_switch.h"

#include <fmt/format.h>

namespace quarry::kql {

bool Binder::takes_table(std::string_view name) const {
  const LetValue* const let = scope_->find(name);
  return let != nullptr && let->kind == LetValue::Kind::kFunction &&
         !let->function->parameters.empty() && let->function->parameters.front().is_table;
}

/// The function may read the table several times, so its rows are kept.
PlanNodePtr Binder::invoke(const syntax::Call& call, PlanNodePtr input) {
  const LetValue* const let = scope_->find(call.name);
  if (let == nullptr || let->kind != LetValue::Kind::kFunction) {
    if (let != nullptr && let->kind == LetValue::Kind::kBroken) return nullptr;
    error(call.name_span, fmt::format("unknown function '{}'", call.name),
          "invoke calls a function of a let or of --functions whose first parameter is a table");
    return nullptr;
  }
  syntax::LetFunctionStatement rest = *let->function;
  if (rest.parameters.empty() || !rest.parameters.front().is_table) {
    error(call.name_span, fmt::format("the first parameter of {} is no table", call.name));
    return nullptr;
  }
  LetValue table;
  table.kind = LetValue::Kind::kTable;
  table.row_columns = input->columns;
  if (!checking()) {
    table.rows = run_now(std::move(input), call.span);
    if (table.rows == nullptr) return nullptr;
  }
  const std::string name = rest.parameters.front().name;
  rest.parameters.erase(rest.parameters.begin());
  const ScopeSwitch inside(*this, let->home, call.span, let->function);
  if (!inside.entered() || !define_arguments(call, rest, RowScope::none(), inside.scope()))
    return nullptr;
  inside.scope().define(name, std::move(table));
  inside.enter();
  const syntax::Expression* const result = bind_names_of(rest);
  return result == nullptr ? nullptr : bind_table(*result);
}

}  // namespace quarry::kql
