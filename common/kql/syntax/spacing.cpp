#include "common/kql/syntax/spacing.h"

#include "common/kql/syntax/infix_operators.h"

#include <algorithm>
#include <array>

namespace quarry::kql::syntax {
namespace {

/// Parameters of operators, written `kind=inner`.
bool is_parameter(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kNames{
      "kind",           "isfuzzy",        "withsource",        "with_source",  "bagexpansion",
      "with_itemindex", "flags",          "decodeblocks",      "expandoutput", "with_match_id",
      "with_node_id",   "with_source_id", "with_component_id", "cycles",       "with_target_id"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// What is looked at again and again: the token, the one before, and whether they touch.
class Place {
 public:
  Place(const std::vector<Token>& tokens, std::size_t i) : tokens_(tokens), i_(i) {}

  bool blank() const {
    if (in_graph_pattern()) return !touches(i_);
    if (in_arrow()) return false;
    switch (kind(i_)) {
      case TokenKind::kComma:
      case TokenKind::kSemicolon:
      case TokenKind::kCloseParen:
      case TokenKind::kCloseBracket:
      case TokenKind::kTilde:
      case TokenKind::kDot:
        return false;
      case TokenKind::kOpenParen:
      case TokenKind::kOpenBracket:
        return blank_before_bracket();
      case TokenKind::kColon:
        return !touches(i_);
      case TokenKind::kAssign:
        return !is_parameter_assign(i_);
      case TokenKind::kStar:
        return opens(i_ - 1) ? false : is_word_like(i_ - 1) ? !touches(i_) : true;
      case TokenKind::kMinus:
      case TokenKind::kPlus:
        return !is_hyphen(i_) && blank_after_previous();
      default:
        return blank_after_previous();
    }
  }

 private:
  TokenKind kind(std::size_t i) const { return tokens_[i].kind; }
  bool touches(std::size_t i) const { return tokens_[i - 1].span.end() == tokens_[i].span.start; }
  bool opens(std::size_t i) const {
    return kind(i) == TokenKind::kOpenParen || kind(i) == TokenKind::kOpenBracket;
  }
  bool is_word_like(std::size_t i) const {
    return kind(i) == TokenKind::kName || kind(i) == TokenKind::kLong ||
           kind(i) == TokenKind::kStar;
  }
  bool ends_value(std::size_t i) const {
    switch (kind(i)) {
      case TokenKind::kName:
      case TokenKind::kString:
      case TokenKind::kLong:
      case TokenKind::kReal:
      case TokenKind::kTimespan:
      case TokenKind::kGuid:
      case TokenKind::kCloseParen:
      case TokenKind::kCloseBracket:
      case TokenKind::kCloseBrace:
        return true;
      default:
        return false;
    }
  }

  /// The second or third sign of the --> of make-graph.
  bool in_arrow() const {
    const std::size_t end = kind(i_) == TokenKind::kGreater ? i_ : i_ + 1;
    return end >= 2 && end < tokens_.size() && kind(end) == TokenKind::kGreater &&
           kind(end - 1) == TokenKind::kMinus && kind(end - 2) == TokenKind::kMinus &&
           touches(end) && touches(end - 1);
  }

  /// Behind graph-match or graph-shortest-paths, before its where or project: (a)-[e*1..3]->(b) is
  /// kept as it was written.
  bool in_graph_pattern() const {
    constexpr std::size_t kLongest = 200;
    if (ends_pattern(tokens_[i_])) return false;
    for (std::size_t back = 1; back <= kLongest && back <= i_; ++back) {
      const Token& token = tokens_[i_ - back];
      if (ends_pattern(token)) return false;
      if (token.kind != TokenKind::kName) continue;
      const std::size_t at = i_ - back;
      const bool match = token.text == "match" && at >= 2 && tokens_[at - 2].text == "graph";
      const bool paths = token.text == "paths" && at >= 4 && tokens_[at - 4].text == "graph";
      if (match || paths) return true;
    }
    return false;
  }
  static bool ends_pattern(const Token& token) {
    if (token.kind == TokenKind::kPipe || token.kind == TokenKind::kString) return true;
    return token.kind == TokenKind::kName && (token.text == "where" || token.text == "project");
  }

  /// The minus of project-away.
  bool is_hyphen(std::size_t i) const {
    return i > 0 && i + 1 < tokens_.size() && kind(i) == TokenKind::kMinus &&
           kind(i - 1) == TokenKind::kName && kind(i + 1) == TokenKind::kName && touches(i) &&
           touches(i + 1);
  }

  /// A sign: behind an operator or an opening bracket; behind a word (`and -1`) as it was written.
  bool is_sign(std::size_t i) const {
    if (kind(i) != TokenKind::kMinus && kind(i) != TokenKind::kPlus) return false;
    if (i == 0 || !ends_value(i - 1)) return true;
    return kind(i - 1) == TokenKind::kName && !touches(i) && i + 1 < tokens_.size() &&
           touches(i + 1);
  }

  bool is_parameter_assign(std::size_t i) const {
    if (kind(i) != TokenKind::kAssign || i == 0 || kind(i - 1) != TokenKind::kName) return false;
    const bool hint = i >= 3 && kind(i - 2) == TokenKind::kDot && tokens_[i - 3].text == "hint";
    return hint || is_parameter(tokens_[i - 1].text);
  }

  bool blank_before_bracket() const {
    if (kind(i_ - 1) == TokenKind::kName && kind(i_) == TokenKind::kOpenParen) {
      const bool hyphenated = i_ >= 2 && is_hyphen(i_ - 2);
      const bool behind_pipe = i_ >= 2 && kind(i_ - 2) == TokenKind::kPipe;
      return !touches(i_) || behind_pipe || hyphenated || is_connecting_word(tokens_[i_ - 1].text);
    }
    if (ends_value(i_ - 1)) return !touches(i_);
    return blank_after_previous();
  }

  bool blank_after_previous() const {
    switch (kind(i_ - 1)) {
      case TokenKind::kOpenParen:
      case TokenKind::kOpenBracket:
      case TokenKind::kDot:
      case TokenKind::kBang:
        return false;
      case TokenKind::kColon:
        return !touches(i_);
      case TokenKind::kOpenBrace:
        return kind(i_) != TokenKind::kCloseBrace;
      case TokenKind::kStar:
        return !is_word_like(i_) || !touches(i_);
      case TokenKind::kAssign:
        return !is_parameter_assign(i_ - 1);
      case TokenKind::kMinus:
      case TokenKind::kPlus:
        return !is_sign(i_ - 1) && !is_hyphen(i_ - 1);
      default:
        return true;
    }
  }

  const std::vector<Token>& tokens_;
  std::size_t i_;
};

}  // namespace

bool blank_before(const std::vector<Token>& tokens, std::size_t i) {
  return Place(tokens, i).blank();
}

bool is_connecting_word(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kWords{"and", "or",   "by",   "on",   "where",
                                                           "to",  "from", "step", "with", "of"};
  return is_infix_word(word) || std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace quarry::kql::syntax
