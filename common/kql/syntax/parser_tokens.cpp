// The parser's hold on tokens: looking ahead, taking, expecting, reporting; and the small pieces
// that operators are made of.
#include "common/base/unicode.h"
#include "common/kql/syntax/literals.h"
#include "common/kql/syntax/parser.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::syntax {
namespace {

/// Types as KQL spells them in declarations, with the name that the rest of the program uses.
struct TypeName {
  std::string_view written;
  std::string_view type;
};
constexpr TypeName kTypeNames[]{
    {"bool", "bool"},         {"boolean", "bool"},      {"int", "int"},
    {"int32", "int"},         {"uint", "int"},          {"long", "long"},
    {"int64", "long"},        {"ulong", "long"},        {"real", "real"},
    {"double", "real"},       {"float", "real"},        {"decimal", "decimal"},
    {"string", "string"},     {"datetime", "datetime"}, {"date", "datetime"},
    {"timespan", "timespan"}, {"time", "timespan"},     {"guid", "guid"},
    {"uniqueid", "guid"},     {"uuid", "guid"},         {"dynamic", "dynamic"},
    {"object", "dynamic"},
};

}  // namespace

const OperatorSyntax* OperatorTable::find(std::string_view name) const {
  for (const OperatorSyntax* op : supported) {
    if (op->name == name ||
        std::find(op->aliases.begin(), op->aliases.end(), name) != op->aliases.end())
      return op;
  }
  return nullptr;
}

bool OperatorTable::is_known(std::string_view name) const {
  return std::find(known.begin(), known.end(), name) != known.end();
}

Parser::Parser(std::string_view text, const OperatorTable& operators, Diagnostics& diagnostics,
               Ast& ast, WrongTimes wrong_times, std::uint32_t begin)
    : text_(text),
      operators_(operators),
      diagnostics_(diagnostics),
      ast_(ast),
      wrong_times_(wrong_times),
      tokens_(tokenize(text, diagnostics, begin).tokens) {}

const Token& Parser::peek(std::size_t ahead) const {
  return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
}

Token Parser::next() {
  const Token token = peek();
  if (position_ + 1 < tokens_.size()) ++position_;
  return token;
}

bool Parser::at_keyword(std::string_view word) const {
  return peek().kind == TokenKind::kName && !peek().bracketed && peek().text == word;
}

bool Parser::accept(TokenKind kind) {
  if (!at(kind)) return false;
  next();
  return true;
}

bool Parser::accept_keyword(std::string_view word) {
  if (!at_keyword(word)) return false;
  next();
  return true;
}

bool Parser::expect(TokenKind kind, std::string_view what) {
  if (accept(kind)) return true;
  error(here(), fmt::format("expected {}, found {}", what, found()));
  return false;
}

bool Parser::expect_keyword(std::string_view word) {
  if (accept_keyword(word)) return true;
  error(here(), fmt::format("expected '{}', found {}", word, found()),
        word == "by" && at(TokenKind::kName) ? fmt::format("write by {}", peek().text)
                                             : std::string());
  return false;
}

bool Parser::close(std::string_view what) {
  if (accept(TokenKind::kCloseParen)) return true;
  error(here(), fmt::format("expected {}, found {}", what, found()), hint_for_close());
  skip_operator();
  accept(TokenKind::kCloseParen);
  return false;
}

bool Parser::at_operator_end() const {
  switch (peek().kind) {
    case TokenKind::kPipe:
    case TokenKind::kSemicolon:
    case TokenKind::kCloseParen:
    case TokenKind::kCloseBrace:
    case TokenKind::kEnd:
      return true;
    default:
      return false;
  }
}

SourceSpan Parser::behind_last() const {
  return position_ == 0 ? SourceSpan{0, 0} : SourceSpan{tokens_[position_ - 1].span.end(), 0};
}

SourceSpan Parser::here() const {
  if (position_ == 0) return peek().span;
  const SourceSpan last = behind_last();
  const std::string_view between = text_.substr(last.start, peek().span.start - last.start);
  return at(TokenKind::kEnd) || between.find('\n') != std::string_view::npos ? last : peek().span;
}

std::string Parser::found() const {
  if (at(TokenKind::kEnd)) return "the end of the query";
  constexpr std::size_t kShown = 40;
  const std::string_view written = text_.substr(peek().span.start, peek().span.length);
  const std::string_view shown = written.substr(
      0, std::min(written.find_first_of("\r\n"), unicode::offset_of(written, kShown)));
  return fmt::format("'{}{}'", shown, shown.size() < written.size() ? "…" : "");
}

std::size_t Parser::name_length(std::size_t ahead) const {
  if (peek(ahead).kind == TokenKind::kName) return 1;
  const bool bracketed = peek(ahead).kind == TokenKind::kOpenBracket &&
                         peek(ahead + 1).kind == TokenKind::kString &&
                         peek(ahead + 2).kind == TokenKind::kCloseBracket;
  return bracketed ? 3 : 0;
}

SourceSpan Parser::span_from(SourceSpan first) const {
  return position_ == 0 ? first : cover(first, tokens_[position_ - 1].span);
}

/// One message a place, and one about each token that does not fit: whatever follows from it is not
/// repeated.
void Parser::error(SourceSpan where, std::string message, std::string hint) {
  const bool about_next = where.start >= behind_last().start;
  if (too_deep_ || last_error_ == where.start || (about_next && stuck_at_ == position_)) return;
  last_error_ = where.start;
  if (about_next) stuck_at_ = position_;
  ++error_count_;
  diagnostics_.error(DiagnosticClass::kSyntax, where, std::move(message), std::move(hint));
}

void Parser::semantic_error(SourceSpan where, std::string message, std::string hint) {
  if (too_deep_ || last_error_ == where.start) return;
  last_error_ = where.start;
  diagnostics_.error(DiagnosticClass::kSemantic, where, std::move(message), std::move(hint));
}

std::string Parser::written(SourceSpan span) const {
  return std::string(text_.substr(span.start, span.length));
}

Name* Parser::parse_name(std::string_view what) {
  Name* const name = make<Name>();
  name->span = peek().span;
  if (at(TokenKind::kName)) {
    name->name = next().text;
  } else if (at(TokenKind::kOpenBracket) && peek(1).kind == TokenKind::kString &&
             peek(2).kind == TokenKind::kCloseBracket) {
    next();
    name->name = next().text;
    name->bracketed = true;
    next();
    name->span = span_from(name->span);
  } else if (at(TokenKind::kString)) {
    name->name = next().text;
    name->bracketed = true;
  } else {
    error(here(), fmt::format("expected {}, found {}", what, found()));
  }
  return name;
}

Name* Parser::parse_wildcard_name(std::string_view what) {
  const auto touches = [&] {
    return position_ > 0 && tokens_[position_ - 1].span.end() == peek().span.start;
  };
  if (!at(TokenKind::kStar)) {
    Name* const name = parse_name(what);
    bool grew = true;
    while (grew && touches() && !name->bracketed) {
      grew = false;
      if (at(TokenKind::kStar)) {
        next();
        name->name += '*';
        name->wildcard = true;
        grew = true;
      } else if (name->wildcard && (at(TokenKind::kName) || at(TokenKind::kLong))) {
        const Token token = next();
        name->name += text_.substr(token.span.start, token.span.length);
        grew = true;
      }
    }
    name->span = span_from(name->span);
    return name;
  }
  Name* const name = make<Name>();
  name->span = next().span;
  name->name = "*";
  name->wildcard = true;
  while (touches() && (at(TokenKind::kName) || at(TokenKind::kStar) || at(TokenKind::kLong))) {
    const Token token = next();
    name->name += text_.substr(token.span.start, token.span.length);
  }
  name->span = span_from(name->span);
  return name;
}

std::vector<Name*> Parser::parse_wildcard_names() {
  std::vector<Name*> names;
  do names.push_back(parse_wildcard_name("a column name"));
  while (accept(TokenKind::kComma));
  return names;
}

/// A word is a value of its own: what follows it belongs to the operator (`kind=inner (T | …)` is
/// no call).
Expression* Parser::parse_parameter_value() {
  if (!at(TokenKind::kName) || peek().bracketed) return parse_unary();
  const Token word = next();
  if (const auto value = boolean_word(word.text)) {
    auto* const literal = make<Literal>();
    literal->literal = LiteralKind::kBool;
    literal->boolean = *value;
    literal->span = word.span;
    return literal;
  }
  auto* const name = make<Name>();
  name->name = word.text;
  name->span = word.span;
  return name;
}

/// name=value, hint.name=value
bool Parser::at_parameter() const {
  if (!at(TokenKind::kName) || peek().bracketed) return false;
  const bool dotted = peek(1).kind == TokenKind::kDot && peek(2).kind == TokenKind::kName;
  return peek(dotted ? 3 : 1).kind == TokenKind::kAssign;
}

OperatorParameter Parser::parse_parameter() {
  OperatorParameter parameter;
  parameter.name_span = peek().span;
  parameter.name = next().text;
  if (accept(TokenKind::kDot)) parameter.name += '.' + next().text;
  parameter.name_span = span_from(parameter.name_span);
  next();  // =
  parameter.value = parse_parameter_value();
  return parameter;
}

std::vector<OperatorParameter> Parser::parse_parameters() {
  std::vector<OperatorParameter> parameters;
  while (at_parameter()) {
    parameters.push_back(parse_parameter());
    if (at(TokenKind::kComma) && peek(1).kind == TokenKind::kName &&
        peek(2).kind == TokenKind::kAssign)
      next();
  }
  return parameters;
}

void Parser::parse_hints() {
  while (at_keyword("hint") && at_parameter()) parse_parameter();
}

std::vector<OperatorParameter> Parser::parse_parameter_list() {
  std::vector<OperatorParameter> parameters;
  if (!expect(TokenKind::kOpenParen, "'('")) return parameters;
  while (!at(TokenKind::kCloseParen) && !at(TokenKind::kEnd)) {
    OperatorParameter parameter;
    parameter.name_span = peek().span;
    parameter.name = parse_name("a property name")->name;
    if (accept(TokenKind::kDot)) parameter.name += '.' + parse_name("a property name")->name;
    if (!expect(TokenKind::kAssign, "'='")) break;
    parameter.value = parse_expression();
    parameters.push_back(std::move(parameter));
    if (!accept(TokenKind::kComma)) break;
  }
  expect(TokenKind::kCloseParen, "')'");
  return parameters;
}

std::string Parser::parse_type_name() {
  const SourceSpan where = here();
  const std::string written = at(TokenKind::kName) ? next().text : std::string();
  for (const TypeName& type : kTypeNames) {
    if (type.written == written) return std::string(type.type);
  }
  error(
      where,
      written.empty() ? std::string("expected a type") : fmt::format("unknown type '{}'", written),
      "types are bool int long real decimal string datetime timespan guid dynamic");
  return "string";
}

std::vector<ColumnDeclaration> Parser::parse_column_declarations() {
  std::vector<ColumnDeclaration> columns;
  if (!expect(TokenKind::kOpenParen, "'('")) return columns;
  while (!at(TokenKind::kCloseParen) && !at(TokenKind::kEnd)) {
    ColumnDeclaration column;
    if (accept(TokenKind::kStar)) {
      columns.push_back(std::move(column));
    } else {
      const Name* const name = parse_name("a column name");
      column.name = name->name;
      column.span = name->span;
      if (expect(TokenKind::kColon, "':' and a type"))
        column.type_name = parse_type_name();
      else
        break;
      columns.push_back(std::move(column));
    }
    if (!accept(TokenKind::kComma)) break;
  }
  expect(TokenKind::kCloseParen, "')'");
  return columns;
}

OrderedExpression Parser::parse_ordered() {
  OrderedExpression ordered;
  ordered.value = parse_named_expression();
  if (at_keyword("asc") || at_keyword("desc")) {
    ordered.descending = next().text == "desc";
    ordered.direction_given = true;
  } else if (at_keyword("granny")) {  // "granny-asc": a historical spelling of the same
    next();
    accept(TokenKind::kMinus);
    ordered.descending = next().text == "desc";
    ordered.direction_given = true;
  }
  if (accept_keyword("nulls")) {
    if (accept_keyword("first"))
      ordered.nulls = OrderedExpression::Nulls::kFirst;
    else if (expect_keyword("last"))
      ordered.nulls = OrderedExpression::Nulls::kLast;
  }
  return ordered;
}

std::vector<OrderedExpression> Parser::parse_ordered_list() {
  std::vector<OrderedExpression> list;
  do list.push_back(parse_ordered());
  while (accept(TokenKind::kComma));
  return list;
}

std::vector<Expression*> Parser::parse_named_list() {
  std::vector<Expression*> list;
  do list.push_back(parse_named_expression());
  while (accept(TokenKind::kComma));
  return list;
}

std::vector<Expression*> Parser::parse_expression_list() {
  std::vector<Expression*> list;
  do list.push_back(parse_expression());
  while (accept(TokenKind::kComma));
  return list;
}

}  // namespace quarry::kql::syntax
