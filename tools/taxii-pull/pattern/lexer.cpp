#include "tools/taxii-pull/pattern/lexer.h"

#include "common/base/text.h"
#include "tools/taxii-pull/pattern/literal.h"

#include <array>
#include <utility>

namespace quarry::taxii_pull::pattern {
namespace {

constexpr std::array<std::pair<std::string_view, TokenKind>, 18> kKeywords{{
    {"AND", TokenKind::kAnd},
    {"OR", TokenKind::kOr},
    {"NOT", TokenKind::kNot},
    {"FOLLOWEDBY", TokenKind::kFollowedBy},
    {"LIKE", TokenKind::kLike},
    {"MATCHES", TokenKind::kMatches},
    {"ISSUBSET", TokenKind::kIsSubset},
    {"ISSUPERSET", TokenKind::kIsSuperset},
    {"EXISTS", TokenKind::kExists},
    {"IN", TokenKind::kIn},
    {"START", TokenKind::kStart},
    {"STOP", TokenKind::kStop},
    {"WITHIN", TokenKind::kWithin},
    {"SECONDS", TokenKind::kSeconds},
    {"REPEATS", TokenKind::kRepeats},
    {"TIMES", TokenKind::kTimes},
    {"true", TokenKind::kBool},
    {"false", TokenKind::kBool},
}};

bool starts_word(char c) { return text::is_ascii_alpha(c) || c == '_'; }
bool goes_on_word(char c) { return text::is_ascii_alnum(c) || c == '_'; }

}  // namespace

Token Lexer::make(TokenKind kind, std::size_t length) {
  const Token token{kind, text_.substr(at_, length), at_};
  at_ += token.text.size();
  return token;
}

// U+0085, U+00A0, U+1680, U+2000 … U+200A, U+2028, U+2029, U+202F, U+205F, U+3000 in UTF-8.
std::size_t Lexer::blank_length() const {
  const char c = at(0);
  if (text::is_ascii_space(c)) return 1;
  const std::string_view rest = text_.substr(at_, 3);
  if (c == '\xC2') return rest.starts_with("\xC2\x85") || rest.starts_with("\xC2\xA0") ? 2 : 0;
  if (rest == "\xE1\x9A\x80" || rest == "\xE3\x80\x80" || rest == "\xE2\x81\x9F") return 3;
  if (!rest.starts_with("\xE2\x80") || rest.size() < 3) return 0;
  const auto last = static_cast<unsigned char>(rest[2]);
  return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
}

bool Lexer::skip_comment() {
  if (at(0) != '/') return false;
  if (at(1) == '/') {
    const std::size_t end = text_.find_first_of("\r\n", at_);
    at_ = end == std::string_view::npos ? text_.size() : end;
    return true;
  }
  if (at(1) != '*') return false;
  const std::size_t end = text_.find("*/", at_ + 2);
  if (end == std::string_view::npos) return false;  // then '/' is a word that nobody knows
  at_ = end + 2;
  return true;
}

void Lexer::skip_blanks() {
  while (at_ < text_.size()) {
    const std::size_t blank = blank_length();
    at_ += blank;
    if (blank == 0 && !skip_comment()) return;
  }
}

Token Lexer::next() {
  skip_blanks();
  if (at_ == text_.size()) return make(TokenKind::kEnd, 0);
  const char c = at(0);
  if (c == '\'') return string(0);
  if (at(1) == '\'' && (c == 't' || c == 'h' || c == 'b')) return string(1);
  if (starts_word(c)) return word();
  const char behind_sign = c == '+' || c == '-' ? at(1) : c;
  const char behind_dot = c == '+' || c == '-' ? at(2) : at(1);
  if (text::is_ascii_digit(behind_sign) || (behind_sign == '.' && text::is_ascii_digit(behind_dot)))
    return number();
  return punctuation();
}

Token Lexer::word() {
  std::size_t length = 1;
  bool hyphen = false;
  while (goes_on_word(at(length)) || at(length) == '-') hyphen |= at(length++) == '-';
  if (hyphen) return make(TokenKind::kHyphenIdentifier, length);
  const std::string_view text = text_.substr(at_, length);
  for (const auto& [keyword, kind] : kKeywords) {
    if (text == keyword && !(kind == TokenKind::kExists && spec_ == Spec::k20))
      return make(kind, length);
  }
  return make(TokenKind::kIdentifier, length);
}

// "05" is 0 and 5, "5." is 5 and a dot: no rule joins them.
Token Lexer::number() {
  std::size_t length = at(0) == '+' || at(0) == '-' ? 1 : 0;
  std::size_t digits = length;
  while (text::is_ascii_digit(at(digits))) ++digits;
  if (at(digits) == '.' && text::is_ascii_digit(at(digits + 1))) {
    length = digits + 1;
    while (text::is_ascii_digit(at(length))) ++length;
    return make(TokenKind::kFloat, length);
  }
  return make(TokenKind::kInteger, at(length) == '0' ? length + 1 : digits);
}

Token Lexer::string(std::size_t prefix) {
  std::size_t length = prefix + 1;
  while (at_ + length < text_.size() && at(length) != '\'') {
    if (at(length) == '\\') {
      ++length;
      if (at(length) != '\'' && at(length) != '\\') return make(TokenKind::kBad, length);
    }
    ++length;
  }
  if (at_ + length >= text_.size()) return make(TokenKind::kBad, text_.size() - at_);
  ++length;
  if (prefix == 0) return make(TokenKind::kString, length);
  const std::string_view inside = text_.substr(at_ + 2, length - 3);
  switch (at(0)) {
    case 't':
      return make(is_timestamp(inside) ? TokenKind::kTimestamp : TokenKind::kBad, length);
    case 'h':
      return make(is_hex_pairs(inside) ? TokenKind::kHex : TokenKind::kBad, length);
    default:
      return make(is_base64(inside) ? TokenKind::kBinary : TokenKind::kBad, length);
  }
}

Token Lexer::punctuation() {
  switch (at(0)) {
    case '=':
      return make(TokenKind::kEqual, at(1) == '=' ? 2 : 1);
    case '!':
      return at(1) == '=' ? make(TokenKind::kNotEqual, 2) : make(TokenKind::kBad, 1);
    case '<':
      if (at(1) == '>') return make(TokenKind::kNotEqual, 2);
      return at(1) == '=' ? make(TokenKind::kLessEqual, 2) : make(TokenKind::kLess, 1);
    case '>':
      return at(1) == '=' ? make(TokenKind::kGreaterEqual, 2) : make(TokenKind::kGreater, 1);
    case '[':
      return make(TokenKind::kLeftBracket, 1);
    case ']':
      return make(TokenKind::kRightBracket, 1);
    case '(':
      return make(TokenKind::kLeftParen, 1);
    case ')':
      return make(TokenKind::kRightParen, 1);
    case ':':
      return make(TokenKind::kColon, 1);
    case '.':
      return make(TokenKind::kDot, 1);
    case ',':
      return make(TokenKind::kComma, 1);
    case '*':
      return make(TokenKind::kAsterisk, 1);
    default:
      return make(TokenKind::kBad, 1);
  }
}

}  // namespace quarry::taxii_pull::pattern
