#include "common/kql/syntax/infix_operators.h"

#include "common/base/text.h"

#include <algorithm>

namespace quarry::kql::syntax {
namespace {

/// `canonical` is what the binder looks up; behind a `!` it has a `!` before it.
struct WordOperator {
  std::string_view written;
  std::string_view canonical;
  std::string_view negated;  // empty where there is no such operator
  OperatorLevel level = OperatorLevel::kText;
};
constexpr WordOperator kWordOperators[]{
    {"has", "has", "!has"},
    {"has_cs", "has_cs", "!has_cs"},
    {"hasprefix", "hasprefix", "!hasprefix"},
    {"hasprefix_cs", "hasprefix_cs", "!hasprefix_cs"},
    {"hassuffix", "hassuffix", "!hassuffix"},
    {"hassuffix_cs", "hassuffix_cs", "!hassuffix_cs"},
    {"contains", "contains", "!contains"},
    {"contains_cs", "contains_cs", "!contains_cs"},
    {"containscs", "contains_cs", ""},
    {"notcontains", "!contains", ""},
    {"notcontains_cs", "!contains_cs", ""},
    {"notcontainscs", "!contains_cs", ""},
    {"startswith", "startswith", "!startswith"},
    {"startswith_cs", "startswith_cs", "!startswith_cs"},
    {"endswith", "endswith", "!endswith"},
    {"endswith_cs", "endswith_cs", "!endswith_cs"},
    {"matches", "matches regex", ""},
    {"in", "in", "!in", OperatorLevel::kEquality},
    {"has_any", "has_any", "", OperatorLevel::kEquality},
    {"has_all", "has_all", "", OperatorLevel::kEquality},
    {"between", "between", "!between", OperatorLevel::kEquality},
};

struct SymbolOperator {
  TokenKind kind;
  std::string_view canonical;
  OperatorLevel level;
};
constexpr SymbolOperator kSymbolOperators[]{
    {TokenKind::kEqual, "==", OperatorLevel::kEquality},
    {TokenKind::kNotEqual, "!=", OperatorLevel::kEquality},
    {TokenKind::kAssign, "==", OperatorLevel::kEquality},  // reported; names being given were
                                                           // taken before
    {TokenKind::kLess, "<", OperatorLevel::kOrder},
    {TokenKind::kLessEqual, "<=", OperatorLevel::kOrder},
    {TokenKind::kGreater, ">", OperatorLevel::kOrder},
    {TokenKind::kGreaterEqual, ">=", OperatorLevel::kOrder},
    {TokenKind::kEqualTilde, "=~", OperatorLevel::kText},
    {TokenKind::kNotTilde, "!~", OperatorLevel::kText},
    {TokenKind::kColon, "has", OperatorLevel::kText},  // search syntax: Column:"term"
};

const WordOperator* find_written(std::string_view word) {
  const auto op = std::find_if(std::begin(kWordOperators), std::end(kWordOperators),
                               [&](const WordOperator& each) { return each.written == word; });
  return op == std::end(kWordOperators) ? nullptr : &*op;
}

InfixOperator find_word(const Parser& parser, OperatorLevel level) {
  const Token& first = parser.peek();
  const bool not_word =
      first.kind == TokenKind::kName && !first.bracketed && text::iequals_ascii(first.text, "not");
  const bool negated = not_word || parser.at(TokenKind::kBang);
  const Token& word = parser.peek(negated ? 1 : 0);
  if (word.kind != TokenKind::kName || word.bracketed) return {};
  const std::string lower = text::lower_ascii(word.text);
  const WordOperator* const op = find_written(lower);
  if (op == nullptr || op->level != level || (negated && op->negated.empty())) return {};
  InfixOperator found{negated ? op->negated : op->canonical, negated ? 2U : 1U,
                      not_word || lower != word.text};
  const Token& behind = parser.peek(found.tokens);
  // make-series ends in `in range(from, to, step)`.
  if (op->written == "in" && behind.kind == TokenKind::kName && behind.text == "range" &&
      parser.peek(found.tokens + 1).kind == TokenKind::kOpenParen)
    return {};
  if (op->written == "in" && behind.kind == TokenKind::kTilde &&
      behind.span.start == word.span.end())
    return {negated ? "!in~" : "in~", found.tokens + 1, found.foreign};
  if (op->written != "matches") return found;
  return behind.kind == TokenKind::kName && text::iequals_ascii(behind.text, "regex")
             ? InfixOperator{found.canonical, 2, found.foreign || behind.text != "regex"}
             : InfixOperator{};
}

}  // namespace

InfixOperator find_infix(const Parser& parser, OperatorLevel level) {
  const TokenKind kind = parser.peek().kind;
  const auto symbol = std::find_if(std::begin(kSymbolOperators), std::end(kSymbolOperators),
                                   [&](const SymbolOperator& each) { return each.kind == kind; });
  if (symbol == std::end(kSymbolOperators)) return find_word(parser, level);
  return symbol->level == level
             ? InfixOperator{symbol->canonical, 1, symbol->kind == TokenKind::kAssign}
             : InfixOperator{};
}

bool is_infix_word(std::string_view word) { return find_written(word) != nullptr; }

}  // namespace quarry::kql::syntax
