// Statements and functions: let, set, declare, alias, restrict.
#include "common/kql/syntax/depth_guard.h"
#include "common/kql/syntax/parser.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::syntax {

void parse(std::string_view text, const OperatorTable& operators, Diagnostics& diagnostics,
           Ast& ast, WrongTimes wrong_times, std::uint32_t begin) {
  Parser(text, operators, diagnostics, ast, wrong_times, begin).parse_query();
}

void Parser::parse_query() {
  while (!at(TokenKind::kEnd)) {
    if (accept(TokenKind::kSemicolon)) continue;
    const std::size_t before = position_;
    if (Statement* const statement = parse_statement()) ast_.statements.push_back(statement);
    if (!at(TokenKind::kSemicolon) && !at(TokenKind::kEnd)) {
      if (!at(TokenKind::kError))
        error(here(), fmt::format("expected ';' before {}", found()), hint_before_statement());
      recover();
    }
    if (position_ == before) next();
  }
}

/// What may have been forgotten before the next token.
std::string Parser::hint_before_statement() const {
  if (!at(TokenKind::kName) || peek().bracketed) return {};
  std::size_t tokens = 0;
  const std::string word = operator_keyword(tokens);
  if (word == "let" || word == "set" || word == "declare") return "statements are separated by ';'";
  return operators_.find(word) != nullptr || operators_.is_known(word)
             ? fmt::format("operators follow a '|': | {}", word)
             : std::string();
}

/// What may have been meant by the next token, which the operator does not take.
std::string Parser::hint_in_operator(std::string_view name) const {
  if (name == "count" && at_keyword("by")) {
    const SourceSpan keys = peek(1).span;
    return fmt::format("summarize count() by {}",
                       peek(1).kind == TokenKind::kName ? written(keys) : "…");
  }
  if (at(TokenKind::kTilde)) return "write =~ for equal text, case ignored";
  if (at_keyword("matches") || at_keyword("regex") || at_keyword("regexp"))
    return "write matches regex";
  if (at_keyword("as") && peek(1).kind == TokenKind::kName)
    return fmt::format("a name stands before its value: {} = …", peek(1).text);
  for (const std::string_view word : {"equals", "eq", "is", "equal"}) {
    if (at_keyword(word)) return "write ==";
  }
  if (at(TokenKind::kOpenParen) && peek(1).kind == TokenKind::kCloseParen)
    return peek(2).kind == TokenKind::kName && peek(2).text == "by"
               ? fmt::format("to count groups: summarize {}() by COLUMN", name)
               : fmt::format("{} is no function: leave the parentheses out", name);
  if (at_keyword("when")) return "case(condition, value, …, otherwise)";
  return hint_before_statement();
}

/// To the end of the statement; what a stray bracket has cut off is parsed on from its next
/// operator, so that its errors show too.
void Parser::recover() {
  while (!at(TokenKind::kSemicolon) && !at(TokenKind::kEnd)) {
    if (at(TokenKind::kPipe)) {
      Pipeline rest;
      parse_operators(rest);
      continue;
    }
    next();
  }
}

Statement* Parser::parse_statement() {
  const DepthGuard guard(*this);
  const SourceSpan begin = peek().span;
  const bool word = peek(1).kind == TokenKind::kName ||
                    (peek(1).kind == TokenKind::kOpenBracket && peek(2).kind == TokenKind::kString);
  if (at_keyword("let") && word) return parse_let();
  if (at_keyword("declare") && word) return parse_declare();
  if (at_keyword("set") && word) {
    next();
    auto* const set = make<SetStatement>();
    set->name = next().text;
    if (accept(TokenKind::kAssign)) set->value = parse_expression();
    set->span = span_from(begin);
    return set;
  }
  if ((at_keyword("alias") && peek(1).text == "database") ||
      (at_keyword("restrict") && peek(1).text == "access")) {
    auto* const other = make<OtherStatement>();
    other->what = peek().text + " " + peek(1).text;
    while (!at(TokenKind::kSemicolon) && !at(TokenKind::kEnd)) next();
    other->span = span_from(begin);
    return other;
  }
  if (at_sql_select() || at_foreign_operator()) return parse_foreign_statement();
  auto* const statement = make<ExpressionStatement>();
  statement->value = start_pipeline(true);
  statement->span = span_from(begin);
  return statement;
}

Statement* Parser::parse_let() {
  const SourceSpan begin = next().span;
  const Name* const name = parse_name("a name");
  expect(TokenKind::kAssign, "'='");
  const bool view = at_keyword("view") && peek(1).kind == TokenKind::kOpenParen;
  if (view) next();
  if (view || looks_like_function()) {
    Token token;
    token.text = name->name;
    token.span = name->span;
    LetFunctionStatement* const function = parse_function(std::move(token), view);
    function->span = span_from(begin);
    return function;
  }
  auto* const let = make<LetStatement>();
  let->name = name->name;
  let->name_span = name->span;
  let->value = parse_argument(Inside::kPipelines);
  let->span = span_from(begin);
  return let;
}

/// At ( … ) { : a lambda.
bool Parser::looks_like_function() const {
  if (!at(TokenKind::kOpenParen)) return false;
  std::size_t depth = 0;
  for (std::size_t ahead = 0;; ++ahead) {
    const TokenKind kind = peek(ahead).kind;
    if (kind == TokenKind::kEnd) return false;
    if (kind == TokenKind::kOpenParen) ++depth;
    if (kind == TokenKind::kCloseParen && --depth == 0)
      return peek(ahead + 1).kind == TokenKind::kOpenBrace;
  }
}

LetFunctionStatement* Parser::parse_function(Token name, bool view) {
  auto* const function = make<LetFunctionStatement>();
  function->name = name.text;
  function->name_span = name.span;
  function->view = view;
  function->parameters = parse_function_parameters();
  expect(TokenKind::kOpenBrace, "'{' and the body of the function");
  while (!at(TokenKind::kCloseBrace) && !at(TokenKind::kEnd)) {
    if (accept(TokenKind::kSemicolon)) continue;
    const std::size_t before = position_;
    if (Statement* const statement = parse_statement()) function->body.push_back(statement);
    if (position_ == before) next();
    if (!at(TokenKind::kSemicolon) && !at(TokenKind::kCloseBrace)) break;
  }
  expect(TokenKind::kCloseBrace, "'}' at the end of the function");
  return function;
}

std::vector<FunctionParameter> Parser::parse_function_parameters() {
  std::vector<FunctionParameter> parameters;
  expect(TokenKind::kOpenParen, "'('");
  while (!at(TokenKind::kCloseParen) && !at(TokenKind::kEnd)) {
    FunctionParameter parameter;
    const Name* const name = parse_name("a parameter name");
    parameter.name = name->name;
    parameter.span = name->span;
    if (!expect(TokenKind::kColon, "':' and a type")) break;
    if (at(TokenKind::kOpenParen)) {
      parameter.is_table = true;
      parameter.columns = parse_column_declarations();
      const auto stars =
          std::remove_if(parameter.columns.begin(), parameter.columns.end(),
                         [](const ColumnDeclaration& c) { return c.type_name.empty(); });
      parameter.open_table = stars != parameter.columns.end();
      parameter.columns.erase(stars, parameter.columns.end());
    } else {
      parameter.type_name = parse_type_name();
    }
    if (accept(TokenKind::kAssign)) parameter.default_value = parse_unary();
    parameters.push_back(std::move(parameter));
    if (!accept(TokenKind::kComma)) break;
  }
  expect(TokenKind::kCloseParen, "')'");
  return parameters;
}

Statement* Parser::parse_declare() {
  const SourceSpan begin = next().span;
  auto* const other = make<OtherStatement>();
  other->what = "declare " + next().text;
  if (other->what == "declare query_parameters") {
    other->parameters = parse_function_parameters();
  } else {
    std::size_t depth = 0;
    while (!at(TokenKind::kEnd) && !(depth == 0 && at(TokenKind::kSemicolon))) {
      if (at(TokenKind::kOpenBrace)) ++depth;
      if (at(TokenKind::kCloseBrace) && depth > 0) --depth;
      next();
    }
  }
  other->span = span_from(begin);
  return other;
}

}  // namespace quarry::kql::syntax
