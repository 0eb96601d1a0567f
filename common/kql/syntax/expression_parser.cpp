// Expressions by recursive descent: or, and, comparison, additive, multiplicative, unary, postfix, primary. Chains of one level are
// loops, so a thousand terms joined by `or` cost no stack; real nesting is limited.
#include <algorithm>

#include <fmt/format.h>

#include "common/kql/syntax/depth_guard.h"
#include "common/kql/syntax/literals.h"
#include "common/kql/syntax/parser.h"

namespace quarry::kql::syntax {

namespace {

/// Comparison operators that are words. The canonical spelling is what the binder looks up.
struct WordOperator {
  std::string_view written;
  std::string_view canonical;
};
constexpr WordOperator kWordOperators[]{
    {"has", "has"},           {"has_cs", "has_cs"},           {"hasprefix", "hasprefix"},     {"hasprefix_cs", "hasprefix_cs"},
    {"hassuffix", "hassuffix"}, {"hassuffix_cs", "hassuffix_cs"}, {"contains", "contains"},   {"contains_cs", "contains_cs"},
    {"startswith", "startswith"}, {"startswith_cs", "startswith_cs"}, {"endswith", "endswith"}, {"endswith_cs", "endswith_cs"},
    {"in", "in"},             {"has_any", "has_any"},         {"has_all", "has_all"},         {"between", "between"},
    {"matches", "matches regex"}, {"notcontains", "!contains"}, {"notcontains_cs", "!contains_cs"}, {"like", "contains"},
};
/// With `!` before them.
constexpr WordOperator kNegatedOperators[]{
    {"has", "!has"},           {"has_cs", "!has_cs"},           {"hasprefix", "!hasprefix"},     {"hasprefix_cs", "!hasprefix_cs"},
    {"hassuffix", "!hassuffix"}, {"hassuffix_cs", "!hassuffix_cs"}, {"contains", "!contains"},   {"contains_cs", "!contains_cs"},
    {"startswith", "!startswith"}, {"startswith_cs", "!startswith_cs"}, {"endswith", "!endswith"}, {"endswith_cs", "!endswith_cs"},
    {"in", "!in"},             {"between", "!between"},         {"has_any", "!has_any"},         {"has_all", "!has_all"},
};

std::string_view canonical(std::span<const WordOperator> operators, std::string_view written) {
  const auto found = std::find_if(operators.begin(), operators.end(), [&](const WordOperator& op) { return op.written == written; });
  return found == operators.end() ? std::string_view() : found->canonical;
}

std::string_view symbol_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEqual: return "==";
    case TokenKind::kNotEqual: return "!=";
    case TokenKind::kLess: return "<";
    case TokenKind::kLessEqual: return "<=";
    case TokenKind::kGreater: return ">";
    case TokenKind::kGreaterEqual: return ">=";
    case TokenKind::kEqualTilde: return "=~";
    case TokenKind::kNotTilde: return "!~";
    case TokenKind::kColon: return "has";  // search syntax: Column:"term"
    default: return {};
  }
}

bool is_list_operator(std::string_view op) {
  return op == "in" || op == "!in" || op == "in~" || op == "!in~" || op == "has_any" || op == "has_all" || op == "!has_any" || op == "!has_all";
}

}  // namespace

Expression* Parser::broken(SourceSpan where) {
  auto* const result = make<Name>();
  result->kind = ExpressionKind::kError;
  result->span = where;
  return result;
}

Expression* Parser::binary(std::string_view op, SourceSpan op_span, Expression* left, Expression* right) {
  auto* const node = make<Binary>();
  node->operator_name = op;
  node->operator_span = op_span;
  node->left = left;
  node->right = right;
  node->span = cover(left->span, right->span);
  return node;
}

Expression* Parser::parse_expression() { return parse_or(); }

Expression* Parser::parse_or() {
  Expression* left = parse_and();
  while (at_keyword("or")) {
    const SourceSpan op = next().span;
    left = binary("or", op, left, parse_and());
  }
  return left;
}

Expression* Parser::parse_and() {
  Expression* left = parse_comparison();
  while (at_keyword("and")) {
    const SourceSpan op = next().span;
    left = binary("and", op, left, parse_comparison());
  }
  return left;
}

/// Is a comparison operator next? It takes `tokens` tokens.
bool Parser::at_comparison(std::string_view& op, std::size_t& tokens) const {
  tokens = 1;
  op = symbol_operator(peek().kind);
  if (!op.empty()) return true;
  const bool negated = peek().kind == TokenKind::kBang;
  const Token& word = peek(negated ? 1 : 0);
  if (word.kind != TokenKind::kName || word.bracketed) return false;
  op = canonical(negated ? std::span<const WordOperator>(kNegatedOperators) : std::span<const WordOperator>(kWordOperators), word.text);
  if (op.empty()) return false;
  tokens = negated ? 2 : 1;
  if (op == "in" || op == "!in") {
    const Token& tilde = peek(tokens);
    if (tilde.kind == TokenKind::kTilde && tilde.span.start == word.span.end()) {
      ++tokens;
      op = negated ? "!in~" : "in~";
    }
  }
  if (op == "matches regex") {
    if (peek(1).kind != TokenKind::kName || peek(1).text != "regex") return false;
    tokens = 2;
  }
  return true;
}

Expression* Parser::parse_comparison() {
  Expression* left = parse_additive();
  std::string_view op;
  std::size_t tokens = 0;
  while (at_comparison(op, tokens)) {
    SourceSpan op_span = peek().span;
    for (std::size_t i = 0; i < tokens; ++i) op_span = cover(op_span, next().span);
    if (op == "between" || op == "!between") {
      auto* const between = make<Between>();
      between->negated = op == "!between";
      between->operator_span = op_span;
      between->left = left;
      expect(TokenKind::kOpenParen, "'(' and two bounds: between (low .. high)");
      between->low = parse_additive();
      expect(TokenKind::kDotDot, "'..' between the two bounds");
      between->high = parse_additive();
      expect(TokenKind::kCloseParen, "')'");
      between->span = span_from(left->span);
      left = between;
    } else if (is_list_operator(op)) {
      auto* const in = make<In>();
      in->operator_name = op;
      in->operator_span = op_span;
      in->left = left;
      if (accept(TokenKind::kOpenParen)) {
        while (!at(TokenKind::kCloseParen) && !at(TokenKind::kEnd)) {
          in->items.push_back(parse_argument());
          if (!accept(TokenKind::kComma)) break;
        }
        expect(TokenKind::kCloseParen, "')' at the end of the list");
      } else {
        in->items.push_back(parse_additive());
      }
      in->span = span_from(left->span);
      left = in;
    } else {
      left = binary(op, op_span, left, parse_additive());
    }
  }
  return left;
}

Expression* Parser::parse_additive() {
  Expression* left = parse_multiplicative();
  while (at(TokenKind::kPlus) || at(TokenKind::kMinus)) {
    const Token op = next();
    left = binary(op.kind == TokenKind::kPlus ? "+" : "-", op.span, left, parse_multiplicative());
  }
  return left;
}

Expression* Parser::parse_multiplicative() {
  Expression* left = parse_unary();
  while (at(TokenKind::kStar) || at(TokenKind::kSlash) || at(TokenKind::kPercent)) {
    const Token op = next();
    const std::string_view name = op.kind == TokenKind::kStar ? "*" : op.kind == TokenKind::kSlash ? "/" : "%";
    left = binary(name, op.span, left, parse_unary());
  }
  return left;
}

Expression* Parser::parse_unary() {
  const DepthGuard guard(*this);
  if (at(TokenKind::kMinus) || at(TokenKind::kPlus)) {
    const Token sign = next();
    auto* const unary = make<Unary>();
    unary->negative = sign.kind == TokenKind::kMinus;
    unary->operand = parse_unary();
    unary->span = cover(sign.span, unary->operand->span);
    return unary;
  }
  return parse_postfix(parse_primary());
}

Expression* Parser::parse_postfix(Expression* base) {
  while (true) {
    if (at(TokenKind::kDot)) {
      next();
      auto* const path = make<Path>();
      path->base = base;
      if (at(TokenKind::kName) && peek(1).kind == TokenKind::kOpenParen) path->member = parse_call(next());
      else path->member = parse_name("a property name behind '.'");
      path->span = span_from(base->span);
      base = path;
    } else if (at(TokenKind::kOpenBracket)) {
      next();
      auto* const element = make<Element>();
      element->base = base;
      element->index = parse_expression();
      expect(TokenKind::kCloseBracket, "']'");
      element->span = span_from(base->span);
      base = element;
    } else {
      return base;
    }
  }
}

Expression* Parser::parse_primary() {
  const Token& token = peek();
  switch (token.kind) {
    case TokenKind::kString:
    case TokenKind::kLong:
    case TokenKind::kReal:
    case TokenKind::kTimespan: return parse_literal();
    case TokenKind::kOpenParen: return parse_parenthesised();
    case TokenKind::kOpenBracket:
      if (peek(1).kind == TokenKind::kString && peek(2).kind == TokenKind::kCloseBracket) return parse_name("a name");
      break;
    case TokenKind::kStar: {
      auto* const star = make<Star>();
      star->span = next().span;
      return star;
    }
    case TokenKind::kName: {
      const Token name = next();
      if (at(TokenKind::kOpenParen)) return parse_call(name);
      if (name.text == "true" || name.text == "false") {
        auto* const literal = make<Literal>();
        literal->literal = LiteralKind::kBool;
        literal->boolean = name.text == "true";
        literal->span = name.span;
        return literal;
      }
      auto* const result = make<Name>();
      result->name = name.text;
      result->span = name.span;
      return result;
    }
    default: break;
  }
  const SourceSpan where = token.span;
  error(where, at(TokenKind::kEnd) ? std::string("the query ends where an expression is expected")
                                   : fmt::format("expected an expression, found '{}'", text_.substr(where.start, where.length)));
  if (!at_operator_end() && !at(TokenKind::kComma)) next();
  return broken(where);
}

Expression* Parser::parse_literal() {
  auto* const literal = make<Literal>();
  const Token token = next();
  literal->span = token.span;
  switch (token.kind) {
    case TokenKind::kLong:
      literal->literal = LiteralKind::kLong;
      literal->integer = token.integer;
      break;
    case TokenKind::kReal:
      literal->literal = LiteralKind::kReal;
      literal->real = token.real;
      break;
    case TokenKind::kTimespan:
      literal->literal = LiteralKind::kTimespan;
      literal->integer = token.integer;
      break;
    default:
      literal->literal = LiteralKind::kString;
      literal->text = token.text;
      while (at(TokenKind::kString)) literal->text += next().text;  // neighbours are one string
      literal->span = span_from(token.span);
  }
  return literal;
}

Expression* Parser::parse_parenthesised() {
  const DepthGuard guard(*this);
  const SourceSpan open = next().span;
  Expression* const inside = parse_argument();
  if (at(TokenKind::kComma)) {  // (a, b): a list, as joins and `in` take
    auto* const list = make<List>();
    list->items.push_back(inside);
    while (accept(TokenKind::kComma)) list->items.push_back(parse_argument());
    expect(TokenKind::kCloseParen, "')'");
    list->span = span_from(open);
    return list;
  }
  expect(TokenKind::kCloseParen, "')'");
  return inside;
}

Expression* Parser::parse_call(Token name) {
  const DepthGuard guard(*this);
  if (is_typed_literal(name.text)) return parse_typed_literal(std::move(name));
  if (name.text == "datatable") return parse_datatable(std::move(name));
  if (name.text == "externaldata" || name.text == "external_data") return parse_externaldata(std::move(name));
  auto* const call = make<Call>();
  call->name = name.text;
  call->name_span = name.span;
  next();
  while (!at(TokenKind::kCloseParen) && !at(TokenKind::kEnd)) {
    call->arguments.push_back(parse_argument());
    if (!accept(TokenKind::kComma)) break;
  }
  expect(TokenKind::kCloseParen, "')' at the end of the arguments");
  call->span = span_from(name.span);
  return call;
}

/// An argument, a let's value, the inside of parentheses: an expression, `name = expression`, or a pipeline.
Expression* Parser::parse_argument() {
  const DepthGuard guard(*this);
  if (starts_table_operator()) return parse_pipeline();
  Expression* const first = parse_named_expression();
  if (!at(TokenKind::kPipe)) return first;
  auto* const pipeline = make<Pipeline>();
  pipeline->source = first;
  parse_operators(*pipeline);
  pipeline->span = span_from(first->span);
  return pipeline;
}

Expression* Parser::parse_named_expression() {
  const SourceSpan begin = peek().span;
  const bool plain = at(TokenKind::kName) && peek(1).kind == TokenKind::kAssign;
  const bool bracketed = at(TokenKind::kOpenBracket) && peek(1).kind == TokenKind::kString && peek(2).kind == TokenKind::kCloseBracket &&
                         peek(3).kind == TokenKind::kAssign;
  std::vector<Name*> names;
  if (plain || bracketed) {
    names.push_back(parse_name("a column name"));
  } else if (at(TokenKind::kOpenParen)) {
    // (a, b) = expression
    std::size_t ahead = 1;
    while (peek(ahead).kind == TokenKind::kName && peek(ahead + 1).kind == TokenKind::kComma) ahead += 2;
    if (peek(ahead).kind == TokenKind::kName && peek(ahead + 1).kind == TokenKind::kCloseParen && peek(ahead + 2).kind == TokenKind::kAssign) {
      next();
      do names.push_back(parse_name("a column name"));
      while (accept(TokenKind::kComma));
      next();
    }
  }
  if (names.empty()) return parse_expression();
  next();  // =
  auto* const named = make<Named>();
  named->names = std::move(names);
  named->value = starts_table_operator() ? parse_pipeline() : parse_expression();
  named->span = span_from(begin);
  return named;
}

}  // namespace quarry::kql::syntax
