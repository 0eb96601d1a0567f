// What users of SQL and other languages write, seen by the parser: AND, &&, `is null`, `like`, `not
// x == y`, SELECT … FROM. Each is reported once, at the place where Kusto's parser stops too, with
// KQL's form as the hint; then it is read as what it means, so that it drags no other messages
// behind it.
#include "common/base/text.h"
#include "common/kql/syntax/foreign_operators.h"
#include "common/kql/syntax/infix_operators.h"
#include "common/kql/syntax/parser.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace quarry::kql::syntax {
namespace {

bool is_word(const Token& token, std::string_view word) {
  return token.kind == TokenKind::kName && !token.bracketed &&
         text::iequals_ascii(token.text, word);
}

bool touch(const Token& a, const Token& b) { return a.span.end() == b.span.start; }

bool is_comparison(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEqual:
    case TokenKind::kNotEqual:
    case TokenKind::kLess:
    case TokenKind::kLessEqual:
    case TokenKind::kGreater:
    case TokenKind::kGreaterEqual:
    case TokenKind::kEqualTilde:
    case TokenKind::kNotTilde:
    case TokenKind::kBang:
    case TokenKind::kAssign:
      return true;
    default:
      return false;
  }
}

/// A word that goes on with what stands before it and begins no operand.
bool continues(const Token& token) {
  static constexpr std::string_view kWords[]{"and", "or",   "by",   "asc", "desc", "nulls", "on",
                                             "to",  "with", "from", "as",  "of",   "step"};
  if (token.bracketed) return false;
  return is_infix_word(token.text) ||
         std::find(std::begin(kWords), std::end(kWords), token.text) != std::end(kWords);
}

/// like "%x" and its kind, as KQL says it.
std::string kql_like(std::string_view pattern, bool negated) {
  const std::string_view sign = negated ? "!" : "";
  const bool open_begin = pattern.starts_with('%');
  const bool open_end = pattern.size() > 1 && pattern.ends_with('%');
  std::string_view middle = pattern;
  if (open_begin) middle.remove_prefix(1);
  if (open_end) middle.remove_suffix(1);
  if (middle.empty() || middle.find_first_of("%_") != std::string_view::npos)
    return "matches regex \"…\", or startswith, endswith, contains";
  if (open_begin && open_end) return fmt::format("{}contains \"{}\"", sign, middle);
  if (open_begin) return fmt::format("{}endswith \"{}\"", sign, middle);
  if (open_end) return fmt::format("{}startswith \"{}\"", sign, middle);
  return fmt::format("{} \"{}\"", negated ? "!~" : "=~", middle);
}

}  // namespace

/// and, or; also AND, && and ||.
std::optional<SourceSpan> Parser::take_connective(std::string_view word) {
  if (at_keyword(word)) return next().span;
  if (is_word(peek(), word)) {
    error(peek().span, fmt::format("'{}' is not an operator of KQL", peek().text),
          fmt::format("write {}", word));
    return next().span;
  }
  if (word == "and" && at(TokenKind::kError) && peek().text == "&&") return next().span;
  const bool bars = word == "or" && at(TokenKind::kPipe) && peek(1).kind == TokenKind::kPipe &&
                    touch(peek(), peek(1)) && operators_.find(peek(2).text) == nullptr &&
                    !operators_.is_known(peek(2).text);
  if (!bars) return std::nullopt;
  const SourceSpan first = next().span;
  error(peek().span, "'||' is not an operator of KQL", "write or");
  return cover(first, next().span);
}

/// `is null`, `is not null`, `like`, `not like` behind an operand; null where nothing of the kind
/// stands there.
Expression* Parser::parse_foreign_test(Expression* left) {
  const std::string value = written(left->span);
  if (is_word(peek(), "is")) {
    const bool negated = is_word(peek(1), "not");
    if (!is_word(peek(negated ? 2 : 1), "null")) return nullptr;
    const SourceSpan begin = peek().span;
    const SourceSpan whole = cover(begin, peek(negated ? 2 : 1).span);
    const std::string_view no = negated ? "not" : "";
    error(whole, fmt::format("'{}' is not an operator of KQL", written(whole)),
          fmt::format("write is{0}empty({1}) for text, is{0}null({1}) for other types", no, value));
    for (int i = negated ? 3 : 2; i > 0; --i) next();
    return broken(cover(left->span, whole));
  }
  const bool negated = is_word(peek(), "not");
  const Token& word = peek(negated ? 1 : 0);
  static constexpr std::string_view kLikes[]{"like", "ilike", "rlike", "regexp"};
  const bool like = std::any_of(std::begin(kLikes), std::end(kLikes),
                                [&](std::string_view each) { return is_word(word, each); });
  const Token& pattern = peek(negated ? 2 : 1);
  if (!like || (pattern.kind != TokenKind::kString && pattern.kind != TokenKind::kName))
    return nullptr;
  const bool regex = is_word(word, "rlike") || is_word(word, "regexp");
  const SourceSpan whole = cover(peek().span, word.span);
  error(whole, fmt::format("'{}' is not an operator of KQL", written(whole)),
        fmt::format("write {}", regex || pattern.kind != TokenKind::kString
                                    ? "matches regex"
                                    : kql_like(pattern.text, negated)));
  for (int i = negated ? 2 : 1; i > 0; --i) next();
  parse_order();
  return broken(span_from(left->span));
}

/// `not a == 1`, `NOT a`: a word where KQL has a function.
bool Parser::at_bare_not() const {
  if (!is_word(peek(), "not")) return false;
  const Token& behind = peek(1);
  return behind.kind == TokenKind::kString ||
         (behind.kind == TokenKind::kName && !continues(behind));
}

Expression* Parser::parse_bare_not(Token word) {
  const SourceSpan begin = peek().span;
  Expression* const operand = parse_equality();
  error(begin, fmt::format("'{}' is a function in KQL", word.text),
        fmt::format("write not({})", written(operand->span)));
  return broken(cover(word.span, operand->span));
}

/// `between 1 and 5`, with the cursor behind the word.
Expression* Parser::parse_bare_bounds(Between* between) {
  const SourceSpan where = here();
  const std::string what = found();
  const std::size_t errors = error_count_;
  between->low = parse_additive();
  const bool both = is_word(peek(), "and") || at(TokenKind::kDotDot) || at(TokenKind::kComma);
  if (both) {
    next();
    between->high = parse_additive();
  }
  if (error_count_ == errors) {
    error(where, fmt::format("expected '(' and two bounds, found {}", what),
          both ? fmt::format("write between ({} .. {})", written(between->low->span),
                             written(between->high->span))
               : "write between (low .. high)");
  }
  return broken(span_from(between->left->span));
}

/// What stands in brackets before a '|' where no table begins: the bracket was to be closed there.
/// Empty for other insides.
std::string Parser::unclosed_hint(SourceSpan open, const Expression& inside) const {
  if (inside.kind != ExpressionKind::kPipeline) return {};
  const Expression* const source = static_cast<const Pipeline&>(inside).source;
  if (source == nullptr) return {};
  switch (source->kind) {
    case ExpressionKind::kBinary:
    case ExpressionKind::kIn:
    case ExpressionKind::kBetween:
    case ExpressionKind::kLiteral:
      return fmt::format("close the '(' before the '|': {})",
                         written({open.start, source->span.end() - open.start}));
    default:
      return {};
  }
}

/// Where an operand is missing.
std::string Parser::hint_for_operand() const {
  const TokenKind before = position_ > 0 ? tokens_[position_ - 1].kind : TokenKind::kEnd;
  if (at(TokenKind::kAssign) && before == TokenKind::kEqual) return "write ==";
  if (at(TokenKind::kAssign) && before == TokenKind::kNotEqual) return "write !=";
  if (at(TokenKind::kBang)) return "write not( … )";
  if (at(TokenKind::kAssign) && before == TokenKind::kColon) return "write =";
  if (at(TokenKind::kSlash)) return "a regular expression is a string: matches regex \"…\"";
  return {};
}

/// Where a ')' is missing.
std::string Parser::hint_for_close() const {
  if (position_ == 0 || !at(TokenKind::kName)) return {};
  if (at_keyword("by")) return "close it before by";
  const std::string number = written(tokens_[position_ - 1].span);
  const bool timespan = tokens_[position_ - 1].kind == TokenKind::kLong &&
                        parse_timespan_literal(number + peek().text).has_value();
  return timespan ? fmt::format("write {}{}, without a blank", number, peek().text) : std::string();
}

/// count(distinct x)
bool Parser::at_distinct_argument() const {
  return is_word(peek(), "distinct") && peek(1).kind == TokenKind::kName && !continues(peek(1));
}

void Parser::report_distinct_argument(std::string_view function) {
  next();
  const std::string column = written(peek().span);
  error(peek().span, "'distinct' is not a part of calls in KQL",
        text::iequals_ascii(function, "count")
            ? fmt::format("write dcount({0}), or count_distinct({0}) for the exact number", column)
            : fmt::format("put it before: | distinct {} | summarize …", column));
}

/// select … from …, in any case.
bool Parser::at_sql_select() const {
  if (!is_word(peek(), "select")) return false;
  if (peek(1).kind != TokenKind::kName && peek(1).kind != TokenKind::kStar) return false;
  for (std::size_t ahead = 1;; ++ahead) {
    const Token& token = peek(ahead);
    if (token.kind == TokenKind::kEnd || token.kind == TokenKind::kSemicolon ||
        token.kind == TokenKind::kPipe)
      return false;
    if (is_word(token, "from")) return true;
  }
}

/// `tail 3`, `group by x`, `show tables`: a query that begins with another language's operator.
bool Parser::at_foreign_operator() const {
  if (!at(TokenKind::kName) || peek().bracketed || !kql_operator_for(peek().text)) return false;
  std::size_t tokens = 0;
  if (operators_.find(operator_keyword(tokens)) != nullptr) return false;
  switch (peek(1).kind) {
    case TokenKind::kName:
      return !is_infix_word(peek(1).text);
    case TokenKind::kString:
    case TokenKind::kLong:
    case TokenKind::kStar:
      return true;
    default:
      return false;
  }
}

Statement* Parser::parse_foreign_statement() {
  const SourceSpan begin = peek().span;
  if (at_sql_select())
    error(peek(1).span, "this is SQL; a KQL query begins with its table", sql_in_kql());
  else
    error(peek(1).span, fmt::format("'{}' is not an operator of KQL", peek().text),
          hint_for_operator(peek().text, 1));
  while (!at(TokenKind::kSemicolon) && !at(TokenKind::kEnd)) next();
  auto* const statement = make<ExpressionStatement>();
  statement->span = span_from(begin);
  statement->value = broken(statement->span);
  return statement;
}

/// "T | where … | project a, b" for the SQL at the cursor.
std::string Parser::sql_in_kql() const {
  std::string columns;
  std::string table = "Table";
  std::string rest;
  for (std::size_t ahead = 1; peek(ahead).kind != TokenKind::kEnd; ++ahead) {
    const Token& token = peek(ahead);
    if (is_word(token, "from")) {
      columns = written(cover(peek(1).span, peek(ahead - 1).span));
      if (peek(ahead + 1).kind == TokenKind::kName) table = peek(ahead + 1).text;
    } else if (is_word(token, "where")) {
      rest += " | where …";
    } else if (is_word(token, "group")) {
      rest += " | summarize … by …";
    } else if (is_word(token, "order")) {
      rest += " | order by …";
    } else if (is_word(token, "limit")) {
      rest += " | take …";
    } else if (is_word(token, "join")) {
      rest += " | join (…) on …";
    }
  }
  constexpr std::string_view kDistinct = "distinct ";
  if (text::iequals_ascii(columns.substr(0, kDistinct.size()), kDistinct))
    return fmt::format("{}{} | {}", table, rest, columns);
  const bool grouped = rest.find("summarize") != std::string::npos;
  if (!grouped && text::iequals_ascii(columns, "count(*)")) return table + rest + " | count";
  if (!grouped && columns.find('(') != std::string::npos)
    return fmt::format("{}{} | summarize {}", table, rest, columns);
  if (columns == "*" || grouped) return table + (rest.empty() ? "" : rest);
  return fmt::format("{}{} | project {}", table, rest, columns);
}

/// How many tokens ahead the operator at the cursor ends.
std::size_t Parser::end_of_operator(std::size_t ahead) const {
  for (int depth = 0;; ++ahead) {
    const TokenKind kind = peek(ahead).kind;
    if (kind == TokenKind::kEnd) return ahead;
    if (depth == 0 && (kind == TokenKind::kPipe || kind == TokenKind::kSemicolon)) return ahead;
    if (kind == TokenKind::kOpenParen) ++depth;
    if (kind == TokenKind::kCloseParen && --depth < 0) return ahead;
  }
}

/// For a word behind '|' that is no operator; empty where nothing better than the nearest name is
/// known.
std::string Parser::hint_for_operator(std::string_view written_name, std::size_t tokens) const {
  const Token& behind = peek(tokens);
  const bool alone = peek().kind == TokenKind::kName && !peek().bracketed;
  if (const auto form = alone ? kql_operator_for(written_name) : std::nullopt) {
    std::string text(*form);
    const std::size_t gap = text.find("…");
    const std::size_t last = end_of_operator(tokens);
    const bool closed =
        gap + std::string_view("…").size() == text.size() || text.starts_with("top …");
    if (gap != std::string::npos && closed && last > tokens)
      text.replace(gap, std::string_view("…").size(),
                   written(cover(behind.span, peek(last - 1).span)));
    return fmt::format("KQL: {}", text);
  }
  const bool condition =
      is_comparison(behind.kind) || (behind.kind == TokenKind::kName && is_infix_word(behind.text));
  if (!condition) return {};
  return fmt::format("a condition needs its operator: | where {} …; one with the other: and, or",
                     written(peek().span));
}

}  // namespace quarry::kql::syntax
