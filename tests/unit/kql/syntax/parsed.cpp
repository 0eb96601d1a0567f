#include "tests/unit/kql/syntax/parsed.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace quarry::kql::syntax::test {
namespace {

struct ListNode final : OperatorNode {
  std::vector<Expression*> items;
};

OperatorNode* parse_one(Parser& parser) {
  auto* const node = parser.make<ListNode>();
  node->items.push_back(parser.parse_expression());
  return node;
}

OperatorNode* parse_list(Parser& parser) {
  auto* const node = parser.make<ListNode>();
  node->items = parser.parse_named_list();
  return node;
}

OperatorNode* parse_names(Parser& parser) {
  auto* const node = parser.make<ListNode>();
  for (Name* name : parser.parse_wildcard_names()) node->items.push_back(name);
  return node;
}

OperatorNode* parse_tables(Parser& parser) {
  auto* const node = parser.make<ListNode>();
  parser.parse_parameters();
  do node->items.push_back(parser.parse_table());
  while (parser.accept(TokenKind::kComma));
  return node;
}

OperatorNode* parse_join(Parser& parser) {
  auto* const node = parser.make<ListNode>();
  parser.parse_parameters();
  node->items.push_back(parser.parse_table());
  if (parser.expect_keyword("on")) node->items.push_back(parser.parse_expression());
  return node;
}

constexpr std::string_view kLimit[]{"limit"};
constexpr std::string_view kKnown[]{"make-series", "find"};
const OperatorSyntax kOperators[]{
    {.name = "where", .parse = parse_one},
    {.name = "extend", .parse = parse_list},
    {.name = "take", .aliases = kLimit, .parse = parse_one},
    {.name = "print", .may_start = true, .parse = parse_list},
    {.name = "union", .may_start = true, .parse = parse_tables},
    {.name = "join", .parse = parse_join},
    {.name = "project-away", .parse = parse_names},
};

std::string show(const Expression* expression);

std::string show_all(const std::vector<Expression*>& items) {
  std::string text;
  for (const Expression* item : items) text += ' ' + show(item);
  return text;
}

std::string show_literal(const Literal& literal) {
  if (literal.is_null) return "null";
  switch (literal.literal) {
    case LiteralKind::kBool:
      return literal.boolean ? "true" : "false";
    case LiteralKind::kInt:
    case LiteralKind::kLong:
      return std::to_string(literal.integer);
    case LiteralKind::kReal:
      return fmt::format("{}", literal.real);
    case LiteralKind::kString:
      return '"' + literal.text + '"';
    default:
      return literal.text.empty() ? fmt::format("{}ticks", literal.integer) : literal.text;
  }
}

std::string show_pipeline(const Pipeline& pipeline) {
  std::string text = pipeline.source == nullptr ? "(pipe _" : "(pipe " + show(pipeline.source);
  for (const OperatorNode* node : pipeline.operators) {
    if (node->syntax == nullptr)
      text += " (?)";
    else
      text += fmt::format(" ({}{})", node->syntax->name,
                          show_all(static_cast<const ListNode*>(node)->items));
  }
  return text + ")";
}

std::string show_named(const Named& named) {
  std::string names;
  for (const Name* name : named.names) names += (names.empty() ? "" : ",") + name->name;
  return fmt::format("(= {} {})", names, show(named.value));
}

std::string show(const Expression* expression) {
  switch (expression->kind) {
    case ExpressionKind::kError:
      return "<error>";
    case ExpressionKind::kLiteral:
      return show_literal(static_cast<const Literal&>(*expression));
    case ExpressionKind::kName:
      return static_cast<const Name&>(*expression).name;
    case ExpressionKind::kStar:
      return "*";
    case ExpressionKind::kPath: {
      const auto& path = static_cast<const Path&>(*expression);
      return fmt::format("(. {} {})", show(path.base), show(path.member));
    }
    case ExpressionKind::kElement: {
      const auto& element = static_cast<const Element&>(*expression);
      return fmt::format("([] {} {})", show(element.base), show(element.index));
    }
    case ExpressionKind::kUnary: {
      const auto& unary = static_cast<const Unary&>(*expression);
      return fmt::format("({} {})", unary.negative ? "neg" : "pos", show(unary.operand));
    }
    case ExpressionKind::kBinary: {
      const auto& binary = static_cast<const Binary&>(*expression);
      return fmt::format("({} {} {})", binary.operator_name, show(binary.left), show(binary.right));
    }
    case ExpressionKind::kIn: {
      const auto& in = static_cast<const In&>(*expression);
      return fmt::format("({} {}{})", in.operator_name, show(in.left), show_all(in.items));
    }
    case ExpressionKind::kBetween: {
      const auto& between = static_cast<const Between&>(*expression);
      return fmt::format("({}between {} {} {})", between.negated ? "!" : "", show(between.left),
                         show(between.low), show(between.high));
    }
    case ExpressionKind::kCall: {
      const auto& call = static_cast<const Call&>(*expression);
      return fmt::format("({}(){})", call.name, show_all(call.arguments));
    }
    case ExpressionKind::kTypeOf:
      return "typeof:" + static_cast<const TypeOf&>(*expression).type_name;
    case ExpressionKind::kPipeline:
      return show_pipeline(static_cast<const Pipeline&>(*expression));
    case ExpressionKind::kDatatable: {
      const auto& table = static_cast<const Datatable&>(*expression);
      return fmt::format("(datatable {}{})", table.columns.size(), show_all(table.values));
    }
    case ExpressionKind::kEntityGroup:
      return fmt::format("(entities{})",
                         show_all(static_cast<const EntityGroup&>(*expression).entities));
    case ExpressionKind::kExternalData: {
      const auto& data = static_cast<const ExternalData&>(*expression);
      return fmt::format("(externaldata {}{} with {})", data.columns.size(), show_all(data.sources),
                         data.parameters.size());
    }
    case ExpressionKind::kNamed:
      return show_named(static_cast<const Named&>(*expression));
    case ExpressionKind::kList:
      return "(list" + show_all(static_cast<const List&>(*expression).items) + ")";
  }
  return "";
}

std::string show(const Statement* statement);

std::string show_parameters(const std::vector<FunctionParameter>& parameters) {
  std::string text;
  for (const FunctionParameter& each : parameters) {
    text += text.empty() ? "" : ", ";
    text += each.name + ':';
    text += each.is_table
                ? fmt::format("table{}{}", each.columns.size(), each.open_table ? "*" : "")
                : each.type_name;
    if (each.default_value != nullptr) text += '=' + show(each.default_value);
  }
  return text;
}

std::string show(const Statement* statement) {
  switch (statement->kind) {
    case StatementKind::kExpression:
      return show(static_cast<const ExpressionStatement*>(statement)->value);
    case StatementKind::kLet: {
      const auto* let = static_cast<const LetStatement*>(statement);
      return fmt::format("let {} {}", let->name, show(let->value));
    }
    case StatementKind::kLetFunction: {
      const auto* let = static_cast<const LetFunctionStatement*>(statement);
      std::string body;
      for (const Statement* each : let->body) body += (body.empty() ? "" : "; ") + show(each);
      return fmt::format("let {}{}({}) {{ {} }}", let->view ? "view " : "", let->name,
                         show_parameters(let->parameters), body);
    }
    case StatementKind::kSet:
      return "set " + static_cast<const SetStatement*>(statement)->name;
    case StatementKind::kOther: {
      const auto* other = static_cast<const OtherStatement*>(statement);
      return fmt::format("{}({})", other->what, show_parameters(other->parameters));
    }
  }
  return "";
}

}  // namespace

const OperatorTable& operators() {
  static const std::vector<const OperatorSyntax*> pointers = [] {
    std::vector<const OperatorSyntax*> all;
    for (const OperatorSyntax& each : kOperators) all.push_back(&each);
    return all;
  }();
  static const OperatorTable table{pointers, kKnown};
  return table;
}

Parsed::Parsed(std::string_view text) {
  Diagnostics diagnostics;
  parse(text, operators(), diagnostics, ast);
  for (const Statement* each : ast.statements) shown += (shown.empty() ? "" : "; ") + show(each);
  for (const Diagnostic& each : diagnostics.sorted()) {
    if (each.level != Level::kError) continue;
    const LineColumn at = line_column(text, each.where->start);
    errors.push_back(fmt::format("{}:{} {}", at.line, at.column, each.message));
  }
}

std::string errors(std::string_view text) {
  return fmt::format("{}", fmt::join(Parsed(text).errors, "\n"));
}

std::string expression(std::string_view text) {
  const Parsed parsed(text);
  return parsed.errors.empty() ? parsed.shown : parsed.errors.front();
}

const Literal& literal(std::string_view text, Ast& ast) {
  Diagnostics diagnostics;
  parse(text, operators(), diagnostics, ast);
  return static_cast<const Literal&>(
      *static_cast<const ExpressionStatement&>(*ast.statements.back()).value);
}

}  // namespace quarry::kql::syntax::test
