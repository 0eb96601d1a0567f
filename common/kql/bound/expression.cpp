#include "common/kql/bound/expression.h"

#include <algorithm>

namespace quarry::kql {
namespace {

bool is_word(const std::string& name) {
  return !name.empty() && ((name[0] >= 'a' && name[0] <= 'z') || name[0] == '_' ||
                           (name[0] >= 'A' && name[0] <= 'Z'));
}

/// Operators that are written between their two arguments.
bool is_infix(const Expression& call) {
  static constexpr std::string_view kWords[]{
      "has",          "has_cs",      "hasprefix",     "hasprefix_cs", "hassuffix",
      "hassuffix_cs", "contains",    "contains_cs",   "startswith",   "startswith_cs",
      "endswith",     "endswith_cs", "matches regex", "and",          "or"};
  if (call.arguments.size() != 2) return false;
  if (!is_word(call.name)) return call.name != "!in" && call.name != "!in~";
  for (const std::string_view word : kWords) {
    if (call.name == word) return true;
  }
  return false;
}

}  // namespace

ExpressionPtr make_literal(Scalar value, SourceSpan span) {
  auto result = std::make_shared<Expression>();
  result->kind = Expression::Kind::kLiteral;
  result->type = value.type();
  result->span = span;
  result->literal = std::move(value);
  return result;
}

ExpressionPtr make_column(const BoundColumn& column, SourceSpan span) {
  auto result = std::make_shared<Expression>();
  result->kind = Expression::Kind::kColumn;
  result->type = column.type;
  result->span = span;
  result->column = column.id;
  result->name = column.name;
  return result;
}

ExpressionPtr make_call(std::string name, ScalarKernel kernel, std::vector<ExpressionPtr> arguments,
                        SourceSpan span) {
  auto result = std::make_shared<Expression>();
  result->kind = Expression::Kind::kCall;
  result->type = kernel.result;
  result->span = span;
  result->name = std::move(name);
  result->kernel = kernel;
  result->arguments = std::move(arguments);
  return result;
}

bool is_repeatable(const Expression& expression) {
  if (expression.kind == Expression::Kind::kCall && !expression.kernel.constant_foldable)
    return false;
  return std::all_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const ExpressionPtr& argument) { return is_repeatable(*argument); });
}

void collect_columns(const Expression& expression, ColumnSet& columns) {
  if (expression.kind == Expression::Kind::kColumn) columns.insert(expression.column);
  for (const ExpressionPtr& argument : expression.arguments) collect_columns(*argument, columns);
}

ExpressionPtr substitute(const ExpressionPtr& expression, const Substitution& columns) {
  if (columns.empty() || expression->kind == Expression::Kind::kLiteral) return expression;
  if (expression->kind == Expression::Kind::kColumn) {
    const auto found = columns.find(expression->column);
    return found == columns.end() ? expression : found->second;
  }
  auto result = std::make_shared<Expression>(*expression);
  for (ExpressionPtr& argument : result->arguments) argument = substitute(argument, columns);
  return result;
}

void split_conjunction(const ExpressionPtr& expression, std::vector<ExpressionPtr>& parts) {
  if (expression->kind == Expression::Kind::kCall && expression->name == "and") {
    for (const ExpressionPtr& argument : expression->arguments) split_conjunction(argument, parts);
  } else {
    parts.push_back(expression);
  }
}

std::string to_text(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::kLiteral:
      return to_literal(expression.literal);
    case Expression::Kind::kColumn:
      return expression.name;
    case Expression::Kind::kCall:
      break;
  }
  if (is_infix(expression)) {
    return "(" + to_text(*expression.arguments[0]) + " " + expression.name + " " +
           to_text(*expression.arguments[1]) + ")";
  }
  std::string text = expression.name + "(";
  for (std::size_t i = 0; i < expression.arguments.size(); ++i) {
    if (i > 0) text += ", ";
    if (i == 8 && expression.arguments.size() > 10)
      return text + "… " + std::to_string(expression.arguments.size() - 8) + " more)";
    text += to_text(*expression.arguments[i]);
  }
  return text + ")";
}

}  // namespace quarry::kql
