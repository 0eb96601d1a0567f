// Expressions by recursive descent, loosest first: or, and, equality (== in between), order (< >=),
// + -, * / %, string operators (has =~ …), sign, path, primary: the levels of Kusto's own grammar,
// where `a + b has c` means a + (b has c). Chains of one level are loops, so a thousand terms
// joined by `or` cost no stack; real nesting is limited.
#include "common/kql/syntax/depth_guard.h"
#include "common/kql/syntax/infix_operators.h"
#include "common/kql/syntax/literals.h"
#include "common/kql/syntax/parser.h"

#include <fmt/format.h>

namespace quarry::kql::syntax {
namespace {

bool is_list_operator(std::string_view op) {
  return op == "in" || op == "!in" || op == "in~" || op == "!in~" || op == "has_any" ||
         op == "has_all";
}

SourceSpan take(Parser& parser, const InfixOperator& op) {
  SourceSpan span = parser.peek().span;
  for (std::size_t i = 1; i < op.tokens; ++i) span = cover(span, parser.peek(i).span);
  if (op.foreign) {
    if (parser.at(TokenKind::kAssign))
      parser.error(span, "'=' gives a name, it does not compare", "compare with ==");
    else
      parser.error(span, fmt::format("'{}' is not an operator of KQL", parser.written(span)),
                   fmt::format("write {}", op.canonical));
  }
  for (std::size_t i = 0; i < op.tokens; ++i) parser.next();
  return span;
}

}  // namespace

Expression* Parser::broken(SourceSpan where) {
  auto* const result = make<Name>();
  result->kind = ExpressionKind::kError;
  result->span = where;
  return result;
}

Expression* Parser::binary(std::string_view op, SourceSpan op_span, Expression* left,
                           Expression* right) {
  auto* const node = make<Binary>();
  node->operator_name = op;
  node->operator_span = op_span;
  node->left = left;
  node->right = right;
  node->span = cover(left->span, right->span);
  return node;
}

Expression* Parser::parse_call() { return parse_postfix(parse_primary()); }

Expression* Parser::parse_expression() { return parse_or(); }

Expression* Parser::parse_predicate() {
  const std::size_t name = name_length(0);
  if (name > 0 && peek(name).kind == TokenKind::kAssign)
    semantic_error(peek(name).span, "'=' gives a name, it does not compare", "compare with ==");
  return parse_expression();
}

Expression* Parser::parse_or() {
  Expression* left = parse_and();
  while (const auto op = take_connective("or")) left = binary("or", *op, left, parse_and());
  return left;
}

Expression* Parser::parse_and() {
  Expression* left = parse_equality();
  while (const auto op = take_connective("and")) left = binary("and", *op, left, parse_equality());
  return left;
}

/// One of these at most: `a == b == c` is refused, as in Kusto.
Expression* Parser::parse_equality() {
  Expression* const left = parse_order();
  if (Expression* const reported = parse_foreign_test(left)) return reported;
  const InfixOperator op = find_infix(*this, OperatorLevel::kEquality);
  if (op.tokens == 0) return left;
  const SourceSpan op_span = take(*this, op);
  if (op.canonical == "between" || op.canonical == "!between")
    return parse_between(left, op_span, op.canonical == "!between");
  if (is_list_operator(op.canonical)) return parse_in(left, op_span, op.canonical);
  return binary(op.canonical, op_span, left, parse_order());
}

Expression* Parser::parse_between(Expression* left, SourceSpan op_span, bool negated) {
  auto* const between = make<Between>();
  between->negated = negated;
  between->operator_span = op_span;
  between->left = left;
  if (!at(TokenKind::kOpenParen)) return parse_bare_bounds(between);
  next();
  between->low = parse_additive();
  expect(TokenKind::kDotDot, "'..' between the two bounds");
  between->high = parse_additive();
  expect(TokenKind::kCloseParen, "')'");
  between->span = span_from(left->span);
  return between;
}

Expression* Parser::parse_in(Expression* left, SourceSpan op_span, std::string_view op) {
  const DepthGuard guard(
      *this);  // the sign's guard, which counts brackets elsewhere, has ended with the left side
  auto* const in = make<In>();
  in->operator_name = op;
  in->operator_span = op_span;
  in->left = left;
  const SourceSpan open = peek().span;
  if (accept(TokenKind::kOpenParen)) {
    in->items = parse_arguments(Inside::kPipelines);
    const std::string hint = in->items.empty() ? "" : unclosed_hint(open, *in->items.back());
    if (!at(TokenKind::kCloseParen) && !hint.empty()) {
      error(here(), fmt::format("expected ')' at the end of the list, found {}", found()), hint);
      return broken(span_from(left->span));
    }
    close("')' at the end of the list");
    warn_of_joined(in->items);
  } else {
    error(here(), fmt::format("expected '(' behind {}", op),
          "the list stands in parentheses, also where it is a name or a single value");
    do in->items.push_back(parse_additive());
    while (peek(1).kind == TokenKind::kString && accept(TokenKind::kComma));
  }
  in->span = span_from(left->span);
  return in;
}

/// has_any ("a" "b"): valid, and hardly ever meant.
void Parser::warn_of_joined(const std::vector<Expression*>& items) {
  for (const Expression* item : items) {
    if (item->kind != ExpressionKind::kLiteral) continue;
    const auto& literal = static_cast<const Literal&>(*item);
    if (literal.joined.length == 0) continue;
    diagnostics_.warning(DiagnosticClass::kSemantic, literal.joined,
                         "strings side by side are one string, not two values",
                         fmt::format("put a comma before {}", written(literal.joined)));
  }
}

/// Up to the closing parenthesis, which is left. A comma calls for another one.
std::vector<Expression*> Parser::parse_arguments(Inside inside) {
  std::vector<Expression*> arguments;
  if (at(TokenKind::kCloseParen)) return arguments;
  do arguments.push_back(parse_argument(inside));
  while (accept(TokenKind::kComma));
  return arguments;
}

/// At most one, too.
Expression* Parser::parse_order() {
  Expression* const left = parse_additive();
  const InfixOperator op = find_infix(*this, OperatorLevel::kOrder);
  if (op.tokens == 0) return left;
  const SourceSpan op_span = take(*this, op);
  return binary(op.canonical, op_span, left, parse_additive());
}

Expression* Parser::parse_additive() {
  Expression* left = parse_multiplicative();
  for (int links = 0; at(TokenKind::kPlus) || at(TokenKind::kMinus);) {
    if (!chain_may_grow(links)) break;
    const Token op = next();
    left = binary(op.kind == TokenKind::kPlus ? "+" : "-", op.span, left, parse_multiplicative());
  }
  return left;
}

Expression* Parser::parse_multiplicative() {
  Expression* left = parse_text_operators();
  for (int links = 0; at(TokenKind::kStar) || at(TokenKind::kSlash) || at(TokenKind::kPercent);) {
    if (!chain_may_grow(links)) break;
    const Token op = next();
    const std::string_view name = op.kind == TokenKind::kStar    ? "*"
                                  : op.kind == TokenKind::kSlash ? "/"
                                                                 : "%";
    left = binary(name, op.span, left, parse_text_operators());
  }
  return left;
}

Expression* Parser::parse_text_operators() {
  Expression* left = parse_unary();
  int links = 0;
  for (InfixOperator op = find_infix(*this, OperatorLevel::kText); op.tokens > 0;
       op = find_infix(*this, OperatorLevel::kText)) {
    if (!chain_may_grow(links)) break;
    const SourceSpan op_span = take(*this, op);
    left = binary(op.canonical, op_span, left, parse_unary());
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

bool Parser::chain_may_grow(int& links) {
  if (links++ < DepthGuard::kLongestChain) return true;
  give_up_depth(DepthGuard::kLongestChain);
  return false;
}

void Parser::give_up_depth(int most) {
  error(peek().span, "expression is nested too deeply", fmt::format("at most {} levels", most));
  too_deep_ = true;
  position_ = tokens_.size() - 1;
}

Expression* Parser::parse_postfix(Expression* base) {
  // A chain of members is a tree as deep as it is long, which others walk by recursion.
  for (int links = 0;; ++links) {
    if (links == DepthGuard::kDeepest) {
      give_up_depth(DepthGuard::kDeepest);
      return base;
    }
    if (at(TokenKind::kDot) && peek(1).kind == TokenKind::kOpenBracket &&
        !(peek(2).kind == TokenKind::kString && peek(3).kind == TokenKind::kCloseBracket)) {
      next();  // a.[0], an old spelling of a[0]
    } else if (at(TokenKind::kDot)) {
      next();
      auto* const path = make<Path>();
      path->base = base;
      if (at(TokenKind::kName) && peek(1).kind == TokenKind::kOpenParen)
        path->member = parse_call(next());
      else
        path->member = parse_name("a property name behind '.'");
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
    case TokenKind::kTimespan:
    case TokenKind::kGuid:
      return parse_literal();
    case TokenKind::kOpenParen:
      return parse_parenthesised();
    case TokenKind::kOpenBracket:
      if (peek(1).kind == TokenKind::kString && peek(2).kind == TokenKind::kCloseBracket)
        return parse_name("a name");
      break;
    case TokenKind::kOpenBrace:
      if (peek(1).kind == TokenKind::kName && peek(2).kind == TokenKind::kCloseBrace)
        return parse_placeholder();
      break;
    case TokenKind::kStar: {
      auto* const star = make<Star>();
      star->span = next().span;
      return star;
    }
    case TokenKind::kName: {
      const bool bare_not = at_bare_not();
      const Token name = next();
      if (bare_not) return parse_bare_not(name);
      if (at(TokenKind::kOpenParen)) return parse_call(name);
      if (name.text == "entity_group" && at(TokenKind::kOpenBracket))
        return parse_entity_group(name);
      if (const auto value = boolean_word(name.text)) {
        auto* const literal = make<Literal>();
        literal->literal = LiteralKind::kBool;
        literal->boolean = *value;
        literal->span = name.span;
        return literal;
      }
      auto* const result = make<Name>();
      result->name = name.text;
      result->span = name.span;
      return result;
    }
    default:
      break;
  }
  const SourceSpan where = token.span;
  // What is missing is missing behind the last token; a stray character was reported already.
  if (!at(TokenKind::kError)) {
    error(position_ == 0 || tokens_[position_ - 1].kind == TokenKind::kSemicolon ? where
                                                                                 : behind_last(),
          at(TokenKind::kEnd) ? std::string("the query ends where an expression is expected")
                              : fmt::format("expected an expression, found '{}'",
                                            text_.substr(where.start, where.length)),
          hint_for_operand());
  }
  if (at_operator_end() || at(TokenKind::kComma)) return broken(where);
  const bool slip = !hint_for_operand().empty() &&
                    (at(TokenKind::kAssign) || at(TokenKind::kBang));  // ===, :=, !(
  next();
  if (slip) parse_unary();
  return broken(where);
}

/// {name}: workbooks and dashboards put a value in its place before the query is run.
Expression* Parser::parse_placeholder() {
  const SourceSpan open = next().span;
  const std::string name = next().text;
  next();
  const SourceSpan where = span_from(open);
  diagnostics_.error(DiagnosticClass::kSemantic, where,
                     "placeholders of dashboards are not filled in here",
                     fmt::format("write a value for {{{}}}", name));
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
    case TokenKind::kGuid:
      literal->literal = LiteralKind::kGuid;
      literal->text = token.text;
      break;
    default:
      literal->literal = LiteralKind::kString;
      literal->text = token.text;
      if (at(TokenKind::kString)) literal->joined = peek().span;
      while (at(TokenKind::kString)) literal->text += next().text;  // neighbours are one string
      literal->span = span_from(token.span);
  }
  return literal;
}

Expression* Parser::parse_parenthesised() {
  const SourceSpan open = next().span;
  const std::size_t name = name_length(0);
  const bool compares = name > 0 && peek(name).kind == TokenKind::kAssign;
  Expression* const inside = compares ? parse_predicate() : parse_argument(Inside::kPipelines);
  if (at(TokenKind::kComma)) {  // (a, b): a list, as joins and `in` take
    auto* const list = make<List>();
    list->items.push_back(inside);
    while (accept(TokenKind::kComma)) list->items.push_back(parse_argument(Inside::kPipelines));
    expect(TokenKind::kCloseParen, "')'");
    list->span = span_from(open);
    return list;
  }
  if (accept(TokenKind::kCloseParen)) return inside;
  // `where (a == 1 | count`: what stands before the | is a condition, so it ends there.
  const std::string hint = unclosed_hint(open, *inside);
  if (hint.empty()) {
    expect(TokenKind::kCloseParen, "')'");
    return inside;
  }
  error(here(), fmt::format("expected ')', found {}", found()), hint);
  return broken(span_from(open));
}

Expression* Parser::parse_call(Token name) {
  if (is_typed_literal(name.text)) return parse_typed_literal(std::move(name));
  if (name.text == "datatable") return parse_datatable(std::move(name));
  if (name.text == "externaldata" || name.text == "external_data")
    return parse_externaldata(std::move(name));
  if (name.text == "typeof") {
    auto* const type = make<TypeOf>();
    next();
    if (at(TokenKind::kStar) || peek(1).kind == TokenKind::kColon) {  // typeof(*, x:long): of rows
      type->type_name = "dynamic";
      skip_operator();
    } else {
      type->type_name = parse_type_name();
    }
    expect(TokenKind::kCloseParen, "')'");
    type->span = span_from(name.span);
    return type;
  }
  auto* const call = make<Call>();
  call->name = name.text;
  call->name_span = name.span;
  next();
  const bool tabular = call->name == "toscalar" || call->name == "totable" ||
                       call->name == "materialize" || call->name == "column_names_of";
  const bool distinct = at_distinct_argument();
  if (distinct) report_distinct_argument(call->name);
  const SourceSpan by = peek().span;
  if (at_keyword("by") && peek(1).kind == TokenKind::kName) {  // count( by x
    error(by, fmt::format("the ')' of {} is missing", call->name),
          fmt::format("{}() by …", call->name));
    return broken(span_from(name.span));
  }
  call->arguments = parse_arguments(tabular ? Inside::kPipelines : Inside::kExpressions);
  close("')' at the end of the arguments");
  call->span = span_from(name.span);
  return distinct ? broken(call->span) : call;
}

/// An argument, a let's value, the inside of parentheses: an expression, `name = expression`, or
/// where `inside` says so a pipeline.
Expression* Parser::parse_argument(Inside inside) {
  if (inside == Inside::kPipelines && starts_table_operator()) return parse_pipeline();
  Expression* const first = parse_named_expression();
  if (inside == Inside::kExpressions || !at(TokenKind::kPipe)) return first;
  auto* const pipeline = make<Pipeline>();
  pipeline->source = first;
  parse_operators(*pipeline);
  pipeline->span = span_from(first->span);
  return pipeline;
}

Expression* Parser::parse_named_expression() {
  const SourceSpan begin = peek().span;
  std::vector<Name*> names;
  const std::size_t first = name_length(0);
  if (first > 0 && peek(first).kind == TokenKind::kAssign) {
    names.push_back(parse_name("a column name"));
  } else if (at(TokenKind::kOpenParen)) {
    // (a, b) = expression
    std::size_t ahead = 1;
    std::size_t length = name_length(ahead);
    while (length > 0 && peek(ahead + length).kind == TokenKind::kComma) {
      ahead += length + 1;
      length = name_length(ahead);
    }
    if (length > 0 && peek(ahead + length).kind == TokenKind::kCloseParen &&
        peek(ahead + length + 1).kind == TokenKind::kAssign) {
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
