// Works on tokens, not on the tree, so that half a query is coloured as well. A word's neighbours
// decide what it is, as KQL reserves none.
#include "common/kql/syntax/highlight.h"

#include "common/kql/syntax/infix_operators.h"
#include "common/kql/syntax/literals.h"
#include "common/kql/syntax/token.h"

#include <algorithm>
#include <array>

namespace quarry::kql::syntax {
namespace {

/// Words that are keywords between the parts of a statement or operator.
bool is_clause_word(std::string_view word) {
  static constexpr std::array<std::string_view, 23> kWords{
      "by",      "on",     "asc",     "desc",    "nulls",
      "first",   "last",   "with",    "from",    "to",
      "step",    "typeof", "of",      "as",      "kind",
      "hint",    "limit",  "view",    "default", "query_parameters",
      "pattern", "access", "database"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool is_statement_word(std::string_view word) {
  return word == "let" || word == "set" || word == "declare" || word == "alias" ||
         word == "restrict";
}

class Highlighter {
 public:
  Highlighter(const OperatorTable& operators, const std::vector<Token>& tokens)
      : operators_(operators), tokens_(tokens) {}

  std::vector<HighlightedSpan> run() {
    while (kind(0) != TokenKind::kEnd) take_one();
    return std::move(spans_);
  }

 private:
  TokenKind kind(std::size_t ahead) const {
    return i_ + ahead < tokens_.size() ? tokens_[i_ + ahead].kind : TokenKind::kEnd;
  }
  TokenKind before() const { return i_ == 0 ? TokenKind::kSemicolon : tokens_[i_ - 1].kind; }

  void add(Highlight what, std::size_t count) {
    spans_.push_back({what, cover(tokens_[i_].span, tokens_[i_ + count - 1].span)});
    i_ += count;
  }

  void take_one() {
    switch (kind(0)) {
      case TokenKind::kName:
        return take_name();
      case TokenKind::kString:
        return add(Highlight::kString, 1);
      case TokenKind::kLong:
      case TokenKind::kReal:
      case TokenKind::kTimespan:
      case TokenKind::kGuid:
      case TokenKind::kRaw:
        return add(Highlight::kLiteral, 1);
      case TokenKind::kError:
        return add(Highlight::kError, 1);
      case TokenKind::kPipe:
      case TokenKind::kSemicolon:
      case TokenKind::kComma:
      case TokenKind::kDot:
      case TokenKind::kColon:
      case TokenKind::kOpenParen:
      case TokenKind::kCloseParen:
      case TokenKind::kOpenBracket:
      case TokenKind::kCloseBracket:
      case TokenKind::kOpenBrace:
      case TokenKind::kCloseBrace:
        return add(Highlight::kPunctuation, 1);
      default:
        return add(Highlight::kOperator, 1);
    }
  }

  void take_name() {
    const std::string& word = tokens_[i_].text;
    if (before() == TokenKind::kDot)
      return add(kind(1) == TokenKind::kOpenParen ? Highlight::kFunction : Highlight::kName, 1);
    if (kind(1) == TokenKind::kOpenParen && kind(2) == TokenKind::kRaw)
      return add(Highlight::kLiteral, 4);
    if (const std::size_t tokens = operator_tokens(); tokens > 0)
      return add(Highlight::kKeyword, tokens);
    if (is_infix_word(word) || word == "and" || word == "or")
      return add(kind(1) == TokenKind::kAssign ? Highlight::kName : Highlight::kOperator, 1);
    if (boolean_word(word)) return add(Highlight::kLiteral, 1);
    // `by` after a value is a keyword, `by = …`, `by.x` and `x == by` are names.
    const bool after_value = before() == TokenKind::kName || before() == TokenKind::kCloseParen ||
                             before() == TokenKind::kCloseBracket ||
                             before() == TokenKind::kString || before() == TokenKind::kLong ||
                             before() == TokenKind::kTimespan || before() == TokenKind::kStar;
    if (is_clause_word(word) && after_value && kind(1) != TokenKind::kDot &&
        (kind(1) != TokenKind::kAssign || word == "kind"))
      return add(Highlight::kKeyword, 1);
    add(kind(1) == TokenKind::kOpenParen ? Highlight::kFunction : Highlight::kName, 1);
  }

  /// Tokens of the operator or statement that begins here; 0 where none does.
  std::size_t operator_tokens() const {
    const TokenKind last = before();
    const bool piped = last == TokenKind::kPipe;
    const bool begins = last == TokenKind::kSemicolon || last == TokenKind::kOpenParen ||
                        last == TokenKind::kOpenBrace || last == TokenKind::kAssign;
    if (!piped && !begins) return 0;
    std::string name = tokens_[i_].text;
    if (!piped && kind(1) == TokenKind::kName && is_statement_word(name)) return 1;
    std::size_t tokens = is_operator(name) ? 1 : 0;
    for (std::size_t count = 3;
         kind(count - 2) == TokenKind::kMinus && kind(count - 1) == TokenKind::kName; count += 2) {
      name += '-' + tokens_[i_ + count - 1].text;
      if (is_operator(name)) tokens = count;
    }
    // Without a pipe only what looks like an operator: `print x`, `where a`, but not a table or
    // function called so.
    const TokenKind behind = kind(tokens);
    const bool alone = behind == TokenKind::kName || behind == TokenKind::kString ||
                       behind == TokenKind::kLong || behind == TokenKind::kStar;
    return piped || alone ? tokens : 0;
  }

  bool is_operator(std::string_view name) const {
    return operators_.find(name) != nullptr || operators_.is_known(name);
  }

  const OperatorTable& operators_;
  const std::vector<Token>& tokens_;
  std::vector<HighlightedSpan> spans_;
  std::size_t i_ = 0;
};

}  // namespace

std::vector<HighlightedSpan> highlight(std::string_view text, const OperatorTable& operators) {
  Diagnostics ignored;
  const TokenList list = tokenize(text, ignored);
  std::vector<HighlightedSpan> spans = Highlighter(operators, list.tokens).run();
  for (const Comment& comment : list.comments) spans.push_back({Highlight::kComment, comment.span});
  std::sort(spans.begin(), spans.end(), [](const HighlightedSpan& a, const HighlightedSpan& b) {
    return a.span.start < b.span.start;
  });
  return spans;
}

}  // namespace quarry::kql::syntax
