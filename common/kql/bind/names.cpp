// Implicit column names: what a column is called when the query gives it no name.
#include "common/kql/bind/binder.h"
#include "common/kql/bind/expression_binder.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

/// summarize tostring(make_set(x)): the name set_x shows through; empty for other expressions.
std::string name_of_gathered(const Binder& binder, const syntax::Expression& expression) {
  if (expression.kind != syntax::ExpressionKind::kCall) return {};
  const auto& call = static_cast<const syntax::Call&>(expression);
  const auto aggregate = FunctionRegistry::built_in().aggregate(call.name);
  if (aggregate.def == nullptr || aggregate.predicate || aggregate.def->column_prefix.empty() ||
      aggregate.def->shape != AggregateShape::kOne || call.arguments.empty())
    return {};
  return fmt::format("{}_{}", aggregate.def->column_prefix,
                     binder.implicit_name(*call.arguments[0], nullptr));
}

}  // namespace

std::string Binder::implicit_name(const syntax::Expression& expression,
                                  const ExpressionPtr& bound) const {
  switch (expression.kind) {
    case syntax::ExpressionKind::kName: {
      // TimeGenerated that stands for Timestamp keeps the name that was written; a let's value has
      // no name.
      if (bound != nullptr && bound->kind != Expression::Kind::kColumn &&
          bound->type != Type::kUnknown &&
          scope_->find(static_cast<const syntax::Name&>(expression).name) != nullptr) {
        return {};
      }
      return static_cast<const syntax::Name&>(expression).name;
    }
    case syntax::ExpressionKind::kPath: {
      const auto& path = static_cast<const syntax::Path&>(expression);
      if (path.member->kind != syntax::ExpressionKind::kName) return {};
      const std::string& member = static_cast<const syntax::Name&>(*path.member).name;
      const bool side = path.base->kind == syntax::ExpressionKind::kName &&
                        static_cast<const syntax::Name&>(*path.base).name.starts_with('$');
      if (bound != nullptr && bound->kind == Expression::Kind::kColumn && side)
        return member;  // $left.a
      const std::string base = implicit_name(*path.base, nullptr);
      return base.empty() ? member : fmt::format("{}_{}", base, member);
    }
    case syntax::ExpressionKind::kElement: {
      const auto& element = static_cast<const syntax::Element&>(expression);
      const std::string base = implicit_name(*element.base, nullptr);
      if (element.index->kind != syntax::ExpressionKind::kLiteral) return {};
      const auto& index = static_cast<const syntax::Literal&>(*element.index);
      if (index.literal == syntax::LiteralKind::kString)
        return base.empty() ? index.text : fmt::format("{}_{}", base, index.text);
      return base.empty() ? std::string() : fmt::format("{}_{}", base, index.integer);
    }
    case syntax::ExpressionKind::kCall: {
      const auto& call = static_cast<const syntax::Call&>(expression);
      if (const LetValue* const let = scope_->find(call.name);
          let != nullptr && let->kind == LetValue::Kind::kFunction)
        return {};
      if (call.name == "column_ifexists" || call.name == "columnifexists") {
        return call.arguments.empty() || call.arguments[0]->kind != syntax::ExpressionKind::kLiteral
                   ? std::string()
                   : static_cast<const syntax::Literal&>(*call.arguments[0]).text;
      }
      const FunctionDef* const def = FunctionRegistry::built_in().scalar(call.name);
      if (def == nullptr || call.arguments.empty()) return {};
      if (def->naming == ResultNaming::kFirstArgument) {
        const std::string gathered = name_of_gathered(*this, *call.arguments[0]);
        return gathered.empty() ? implicit_name(*call.arguments[0], nullptr) : gathered;
      }
      if (def->naming == ResultNaming::kPrefixed)
        return fmt::format("{}_{}", def->name, implicit_name(*call.arguments[0], nullptr));
      return {};
    }
    case syntax::ExpressionKind::kNamed:
      return static_cast<const syntax::Named&>(expression).names.front()->name;  // bin(Name = x,
                                                                                 // 1h)
    default:
      return {};
  }
}

std::vector<NamedValue> Binder::bind_named_list(const std::vector<syntax::Expression*>& list,
                                                const RowScope& outer, std::string_view prefix,
                                                MoreColumns more) {
  RowScope scope = outer;
  scope.beside = &list;
  std::vector<NamedValue> values;
  const bool from_zero = prefix == "print_";
  int unnamed = from_zero ? 0 : 1;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const syntax::Expression& item = *list[i];
    if (item.kind == syntax::ExpressionKind::kStar && scope.columns != nullptr) {
      for (const BoundColumn& column : *scope.columns)
        values.push_back({column.name, make_column(column, item.span), item.span, false});
      continue;
    }
    const auto* const named = item.kind == syntax::ExpressionKind::kNamed
                                  ? static_cast<const syntax::Named*>(&item)
                                  : nullptr;
    std::vector<NamedValue> columns;
    if (auto several = result_columns(named != nullptr ? *named->value : item, scope)) {
      columns = std::move(*several);
      if (from_zero && columns.size() == 1) columns[0].name.clear();
    } else {
      ExpressionPtr value = bind(item, scope);
      std::string name = named != nullptr ? std::string() : implicit_name(item, value);
      columns.push_back({std::move(name), std::move(value), item.span, false});
    }
    if (named != nullptr) give_names(*named, columns, more);
    for (NamedValue& column : columns) {
      if (column.name.empty())
        column.name = fmt::format("{}{}", prefix, from_zero ? static_cast<int>(i) : unnamed++);
      values.push_back(std::move(column));
    }
  }
  return values;
}

}  // namespace quarry::kql
