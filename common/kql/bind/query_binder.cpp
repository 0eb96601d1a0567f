// Statements of a query in order: lets and parameters take effect on what follows, expressions
// become results.
#include "common/kql/bind/binder.h"
#include "common/kql/bind/expression_binder.h"
#include "common/kql/syntax/parser.h"

#include <fmt/format.h>

namespace quarry::kql {

void Binder::define_parameters(const std::vector<std::pair<std::string, std::string>>& parameters) {
  for (const auto& [name, text] : parameters) {
    // Parsed on its own, so that a value can never become a piece of the query.
    syntax::Ast ast;
    Diagnostics ignored;
    syntax::parse(text, {}, ignored, ast);
    LetValue value;
    value.kind = LetValue::Kind::kScalar;
    value.scalar = make_literal(Scalar::of(text));
    if (!ignored.has_errors() && ast.statements.size() == 1 &&
        ast.statements[0]->kind == syntax::StatementKind::kExpression) {
      const syntax::Expression* literal =
          static_cast<const syntax::ExpressionStatement*>(ast.statements[0])->value;
      const bool negative = literal->kind == syntax::ExpressionKind::kUnary;
      const syntax::Expression* const inner =
          negative ? static_cast<const syntax::Unary*>(literal)->operand : literal;
      if (inner->kind == syntax::ExpressionKind::kLiteral)
        value.scalar = bind(*literal, RowScope::none());
    }
    scope_->define(name, std::move(value));
  }
}

std::vector<PlanNodePtr> Binder::bind_query(const syntax::Ast& ast) {
  std::vector<PlanNodePtr> results;
  bool any = false;
  for (const syntax::Statement* statement : ast.statements) {
    switch (statement->kind) {
      case syntax::StatementKind::kLet:
        bind_let(static_cast<const syntax::LetStatement&>(*statement));
        break;
      case syntax::StatementKind::kLetFunction:
        define_function(static_cast<const syntax::LetFunctionStatement&>(*statement));
        break;
      case syntax::StatementKind::kOther:
        bind_parameters(static_cast<const syntax::OtherStatement&>(*statement));
        break;
      case syntax::StatementKind::kSet:
        bind_set(static_cast<const syntax::SetStatement&>(*statement));
        break;
      case syntax::StatementKind::kExpression: {
        any = true;
        const syntax::Expression& written =
            *static_cast<const syntax::ExpressionStatement&>(*statement).value;
        const auto* const pipeline = written.kind == syntax::ExpressionKind::kPipeline
                                         ? static_cast<const syntax::Pipeline*>(&written)
                                         : nullptr;
        last_operator_ = pipeline != nullptr && !pipeline->operators.empty()
                             ? pipeline->operators.back()
                             : nullptr;
        std::vector<PlanNodePtr> given;
        given.push_back(bind_result(written));
        for (PlanNodePtr& further : further_results_) given.push_back(std::move(further));
        further_results_.clear();
        for (PlanNodePtr& result : given) {
          if (result != nullptr && result->is_graph)
            error(written.span, "a graph is no result",
                  "end with graph-match, graph-shortest-paths or graph-to-table");
          else if (result != nullptr)
            results.push_back(std::move(result));
        }
        break;
      }
    }
  }
  // A check takes a text that only gives names; a run has nothing to show for it.
  if (!any && (!checking() || ast.statements.empty()) && !context_.diagnostics.has_errors())
    error({}, "the query has no result",
          "end it with a table or an operator; 'let' only gives names");
  return results;
}

void Binder::define_function(const syntax::LetFunctionStatement& function) {
  LetValue value;
  value.kind = LetValue::Kind::kFunction;
  value.function = &function;
  value.home = scope_;
  scope_->define(function.name, std::move(value));
}

/// The lets of a function's body take effect in its scope; returns the expression that is its
/// result, null where the body has none (reported).
const syntax::Expression* Binder::bind_names_of(const syntax::LetFunctionStatement& function) {
  const syntax::Expression* result = nullptr;
  for (const syntax::Statement* statement : function.body) {
    if (statement->kind == syntax::StatementKind::kLet)
      bind_let(static_cast<const syntax::LetStatement&>(*statement));
    if (statement->kind == syntax::StatementKind::kLetFunction)
      define_function(static_cast<const syntax::LetFunctionStatement&>(*statement));
    if (statement->kind == syntax::StatementKind::kExpression)
      result = static_cast<const syntax::ExpressionStatement*>(statement)->value;
  }
  return result;
}

/// Most settings are options of the service and mean nothing here; those that a function reads are
/// kept.
void Binder::bind_set(const syntax::SetStatement& set) {
  if (set.value == nullptr || !set.name.starts_with("query_bin_auto_")) return;
  ExpressionPtr value = bind(*set.value, RowScope::none());
  if (value->type == Type::kUnknown) return;
  if (value->kind != Expression::Kind::kLiteral && !is_unknown_constant(*value))
    return error(set.value->span, fmt::format("{} must be a constant", set.name));
  settings_.insert_or_assign(set.name, std::move(value));
}

ExpressionPtr Binder::setting(std::string_view name) const {
  const auto found = settings_.find(name);
  return found == settings_.end() ? nullptr : found->second;
}

/// A tabular result; a value is shown as print would.
PlanNodePtr Binder::bind_result(const syntax::Expression& expression) {
  const bool value = expression.kind != syntax::ExpressionKind::kName &&
                     expression.kind != syntax::ExpressionKind::kCall && !is_tabular(expression);
  const auto* const let = expression.kind == syntax::ExpressionKind::kName
                              ? scope_->find(static_cast<const syntax::Name&>(expression).name)
                              : nullptr;
  if (!value && (let == nullptr || let->kind != LetValue::Kind::kScalar))
    return bind_table(expression);
  const ExpressionPtr scalar = bind(expression, RowScope::none());
  if (scalar->type == Type::kUnknown) return nullptr;
  auto one = std::make_shared<std::vector<Batch>>();
  one->push_back(Batch({}, 1));
  NamedValue shown;
  shown.name = "print_0";
  shown.value = scalar;
  return project(rows("print", std::move(one), Schema()), {shown});
}

void Binder::bind_let(const syntax::LetStatement& let) {
  LetValue value;
  value.home = scope_;
  if (let.value->kind == syntax::ExpressionKind::kEntityGroup) {
    value.kind = LetValue::Kind::kEntity;
    scope_->define(let.name, std::move(value));
    return;
  }
  const bool materialized = let.value->kind == syntax::ExpressionKind::kCall &&
                            static_cast<const syntax::Call&>(*let.value).name == "materialize";
  if (materialized) {
    if (PlanNodePtr table = bind_table(*let.value)) {
      value.kind = LetValue::Kind::kTable;
      value.row_columns = table->columns;
      if (table->kind == NodeKind::kRows) value.rows = static_cast<const RowsNode&>(*table).batches;
    }
  } else if (is_tabular(*let.value)) {
    value.kind = LetValue::Kind::kTable;
    value.table = let.value;
    // Checking binds it here too, so that its errors are reported even where it is not used; a run
    // would do sub-queries twice.
    const PlanNodePtr table = checking() ? bind_table(*let.value) : nullptr;
    if (checking() && table == nullptr) value.kind = LetValue::Kind::kBroken;
    // Once is enough for a schema: a table of hundreds of others may be used in many places.
    value.schema_known = table != nullptr && context_.schemas_only && !table->is_graph;
    if (value.schema_known) {
      value.row_columns = table->columns;
      value.open = table->open;
    }
  } else {
    value.scalar = bind(*let.value, RowScope::none());
    if (value.scalar->type != Type::kUnknown) value.kind = LetValue::Kind::kScalar;
  }
  scope_->define(let.name, std::move(value));
}

/// declare query_parameters: each becomes a let of its default, unless --param gave it a value
/// before.
void Binder::bind_parameters(const syntax::OtherStatement& declare) {
  for (const syntax::FunctionParameter& parameter : declare.parameters) {
    if (parameter.is_table || lets_->find(parameter.name) != nullptr) continue;
    LetValue value;
    if (parameter.default_value == nullptr) {
      error(parameter.span, fmt::format("the parameter '{}' has no value", parameter.name),
            fmt::format("give it: --param {}=VALUE", parameter.name));
    } else {
      value.kind = LetValue::Kind::kScalar;
      value.scalar =
          bind_as(*parameter.default_value, RowScope::none(),
                  parse_type(parameter.type_name).value_or(Type::kString), "the default");
    }
    scope_->define(parameter.name, std::move(value));
  }
}

}  // namespace quarry::kql
