// Characters -> tokens. Keywords are names here: KQL decides by position what is a keyword, so columns may be called `type` or `by`.
// Typed literals (datetime(…), dynamic(…), guid(…)) take their inside as raw text, since it follows rules of its own.
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/syntax/token.h"
#include "common/time/parse.h"

namespace quarry::kql::syntax {
namespace {

bool is_name_start(char c) { return text::is_ascii_alpha(c) || c == '_' || c == '$'; }
bool is_name_part(char c) { return is_name_start(c) || text::is_ascii_digit(c); }

/// Names that take raw text when a parenthesis follows.
bool takes_raw(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kNames{"dynamic", "datetime", "timespan", "guid", "time"};
  for (const std::string_view each : kNames) {
    if (name == each) return true;
  }
  return name == "date" || name == "uniqueid";
}

class Lexer {
 public:
  Lexer(std::string_view text, Diagnostics& diagnostics) : text_(text), diagnostics_(diagnostics) {}

  TokenList run() {
    while (true) {
      skip_blanks_and_comments();
      if (at_ >= text_.size()) break;
      lex_one();
    }
    start_ = at_;
    add(TokenKind::kEnd);
    return std::move(list_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  SourceSpan span() const { return {static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(at_ - start_)}; }
  Token& add(TokenKind kind) {
    Token token;
    token.kind = kind;
    token.span = span();
    list_.tokens.push_back(std::move(token));
    return list_.tokens.back();
  }
  void error(std::string message, std::string hint = {}) { diagnostics_.error(DiagnosticClass::kSyntax, span(), std::move(message), std::move(hint)); }

  void skip_blanks_and_comments() {
    while (at_ < text_.size()) {
      if (text::is_ascii_space(text_[at_])) {
        ++at_;
      } else if (peek() == '/' && peek(1) == '/') {
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
        list_.comments.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_ - begin)}});
      } else if (text_.substr(at_, 2) == "\xC2\xA0") {  // no-break space, pasted from web pages
        at_ += 2;
      } else if (text_.substr(at_, 3) == "\xEF\xBB\xBF" || text_.substr(at_, 3) == "\xE2\x80\x8B") {  // BOM, zero-width space
        at_ += 3;
      } else if (at_ == 0 && text_.substr(0, 2) == "#!") {  // a script's first line
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else {
        return;
      }
    }
  }

  void lex_one() {
    start_ = at_;
    const char c = peek();
    if (c == '"' || c == '\'') return lex_string(false);
    if (c == '@' && (peek(1) == '"' || peek(1) == '\'')) {
      ++at_;
      return lex_string(true);
    }
    if (text_.substr(at_, 3) == "```" || text_.substr(at_, 3) == "~~~") return lex_multi_line();
    if ((c == 'h' || c == 'H') && lex_obfuscated()) return;
    if (text::is_ascii_digit(c) || (c == '.' && text::is_ascii_digit(peek(1)) && !after_value())) return lex_number();
    if (is_name_start(c)) return lex_name();
    lex_symbol();
  }

  /// In `a.5` the dot is an access, in `(.5)` a number begins.
  bool after_value() const {
    if (list_.tokens.empty()) return false;
    const TokenKind kind = list_.tokens.back().kind;
    return kind == TokenKind::kName || kind == TokenKind::kCloseParen || kind == TokenKind::kCloseBracket || kind == TokenKind::kLong;
  }

  bool lex_obfuscated() {
    const std::size_t skip = peek(1) == '@' ? 2 : 1;
    if (peek(skip) != '"' && peek(skip) != '\'') {
      if (text_.substr(at_ + 1, 3) != "```" && text_.substr(at_ + 1, 3) != "~~~") return false;
      ++at_;
      lex_multi_line();
      return true;
    }
    at_ += skip;
    lex_string(skip == 2);
    return true;
  }

  void lex_string(bool verbatim) {
    const char quote = text_[at_++];
    std::string decoded;
    while (true) {
      if (at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r') {
        if (verbatim && at_ < text_.size()) {  // verbatim strings may hold line ends
          decoded += text_[at_++];
          continue;
        }
        error("string is not closed", fmt::format("put a {} at its end", quote));
        break;
      }
      const char c = text_[at_++];
      if (c == quote) {
        if (verbatim && peek() == quote) {
          decoded += quote;
          ++at_;
          continue;
        }
        break;
      }
      if (c == '\\' && !verbatim) append_escape(decoded);
      else decoded += c;
    }
    add(TokenKind::kString).text = std::move(decoded);
  }

  void append_escape(std::string& out) {
    const std::size_t backslash = at_ - 1;
    const char c = peek();
    ++at_;
    switch (c) {
      case 'n': out += '\n'; return;
      case 't': out += '\t'; return;
      case 'r': out += '\r'; return;
      case 'a': out += '\a'; return;
      case 'b': out += '\b'; return;
      case 'f': out += '\f'; return;
      case 'v': out += '\v'; return;
      case '\\':
      case '"':
      case '\'': out += c; return;
      case 'x': return append_code_point(out, 2, backslash);
      case 'u': return append_code_point(out, 4, backslash);
      case 'U': return append_code_point(out, 8, backslash);
      default: break;
    }
    if (c >= '0' && c <= '7') {
      unsigned value = static_cast<unsigned>(c - '0');
      for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; ++i) value = value * 8 + static_cast<unsigned>(text_[at_++] - '0');
      unicode::append(out, value);
      return;
    }
    diagnostics_.error(DiagnosticClass::kSyntax, {static_cast<std::uint32_t>(backslash), 2}, fmt::format("unknown escape '\\{}' in a string", c),
                       "write \\\\ for a backslash, or @\"…\" for a string without escapes");
    if (at_ > text_.size()) at_ = text_.size();
  }

  void append_code_point(std::string& out, std::size_t digits, std::size_t backslash) {
    const std::string_view hex = text_.substr(std::min(at_, text_.size()), digits);
    std::uint32_t value = 0;
    const auto [end, failure] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    if (hex.size() != digits || failure != std::errc() || end != hex.data() + hex.size()) {
      diagnostics_.error(DiagnosticClass::kSyntax, {static_cast<std::uint32_t>(backslash), 2}, fmt::format("an escape of {} hexadecimal digits is cut short", digits));
      return;
    }
    at_ += digits;
    unicode::append(out, value);
  }

  void lex_multi_line() {
    const std::string_view fence = text_.substr(at_, 3);
    const std::size_t close = text_.find(fence, at_ + 3);
    std::string_view inside = text_.substr(at_ + 3, close == std::string_view::npos ? std::string_view::npos : close - at_ - 3);
    at_ = close == std::string_view::npos ? text_.size() : close + 3;
    if (close == std::string_view::npos) error("multi-line string is not closed", fmt::format("put {} at its end", fence));
    add(TokenKind::kString).text = std::string(inside);
  }

  void lex_number() {
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) return lex_hex();
    bool real = false;
    while (text::is_ascii_digit(peek())) ++at_;
    if (peek() == '.' && peek(1) != '.' && !is_name_start(peek(1))) {
      real = true;
      ++at_;
      while (text::is_ascii_digit(peek())) ++at_;
    }
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
    if ((peek() == 'e' || peek() == 'E') && text::is_ascii_digit(peek(sign))) {
      real = true;
      at_ += sign;
      while (text::is_ascii_digit(peek())) ++at_;
    }
    if (is_name_start(peek()) && lex_suffix()) return;
    const std::string_view digits = text_.substr(start_, at_ - start_);
    if (real) {
      add(TokenKind::kReal).real = text::parse_double(digits).value_or(0);
      return;
    }
    const auto value = text::parse_int64(digits);
    if (!value) error("number does not fit into 64 bits", "write it as decimal(…) or real(…)");
    add(TokenKind::kLong).integer = value.value_or(0);
  }

  void lex_hex() {
    at_ += 2;
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value, 16);
    if (failure != std::errc()) error("hexadecimal number does not fit into 64 bits");
    at_ = static_cast<std::size_t>(end - text_.data());
    add(TokenKind::kLong).integer = static_cast<std::int64_t>(value);
  }

  /// 1d, 1.5h, 30min: number and unit. A name that only begins with digits ("4624_x") is left to lex_name.
  bool lex_suffix() {
    std::size_t end = at_;
    while (end < text_.size() && is_name_part(text_[end])) ++end;
    const std::string_view whole = text_.substr(start_, end - start_);
    if (const auto span_value = parse_timespan_literal(whole)) {
      at_ = end;
      add(TokenKind::kTimespan).integer = span_value->ticks;
      return true;
    }
    if (whole.find('.') != std::string_view::npos) return false;
    at_ = end;
    add(TokenKind::kName).text = std::string(whole);
    return true;
  }

  void lex_name() {
    while (is_name_part(peek())) ++at_;
    const std::string_view name = text_.substr(start_, at_ - start_);
    Token& token = add(TokenKind::kName);
    token.text = std::string(name);
    if (takes_raw(name) && !after_dot_or_pipe()) lex_raw();
  }

  /// `| dynamic(` is no literal, nor is `x.date(`.
  bool after_dot_or_pipe() const {
    if (list_.tokens.size() < 2) return false;
    const TokenKind before = list_.tokens[list_.tokens.size() - 2].kind;
    return before == TokenKind::kDot || before == TokenKind::kPipe;
  }

  /// The raw inside of name( … ), as one token between the parentheses.
  void lex_raw() {
    std::size_t open = at_;
    while (open < text_.size() && text::is_ascii_space(text_[open])) ++open;
    if (open >= text_.size() || text_[open] != '(') return;
    std::size_t at = open + 1;
    int depth = 1;
    while (at < text_.size()) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        at = end_of_quoted(at);
        continue;
      }
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) break;
      ++at;
    }
    if (at >= text_.size()) return;  // the parser reports the missing parenthesis
    start_ = open;
    at_ = open + 1;
    add(TokenKind::kOpenParen);
    start_ = open + 1;
    at_ = at;
    add(TokenKind::kRaw).text = std::string(text_.substr(open + 1, at - open - 1));
    start_ = at;
    at_ = at + 1;
    add(TokenKind::kCloseParen);
  }

  std::size_t end_of_quoted(std::size_t at) const {
    const char quote = text_[at++];
    while (at < text_.size() && text_[at] != quote) at += text_[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text_.size());
  }

  void lex_symbol() {
    struct Symbol {
      std::string_view text;
      TokenKind kind;
    };
    static constexpr Symbol kSymbols[]{
        {"..", TokenKind::kDotDot},      {"=>", TokenKind::kArrow},        {"==", TokenKind::kEqual},      {"=~", TokenKind::kEqualTilde},
        {"!=", TokenKind::kNotEqual},    {"!~", TokenKind::kNotTilde},     {"<>", TokenKind::kNotEqual},   {"<=", TokenKind::kLessEqual},
        {">=", TokenKind::kGreaterEqual}, {"|", TokenKind::kPipe},         {";", TokenKind::kSemicolon},   {",", TokenKind::kComma},
        {".", TokenKind::kDot},          {":", TokenKind::kColon},         {"=", TokenKind::kAssign},      {"(", TokenKind::kOpenParen},
        {")", TokenKind::kCloseParen},   {"[", TokenKind::kOpenBracket},   {"]", TokenKind::kCloseBracket}, {"{", TokenKind::kOpenBrace},
        {"}", TokenKind::kCloseBrace},   {"+", TokenKind::kPlus},          {"-", TokenKind::kMinus},       {"*", TokenKind::kStar},
        {"/", TokenKind::kSlash},        {"%", TokenKind::kPercent},       {"<", TokenKind::kLess},        {">", TokenKind::kGreater},
        {"!", TokenKind::kBang},         {"~", TokenKind::kTilde},
    };
    for (const Symbol& symbol : kSymbols) {
      if (text_.substr(at_, symbol.text.size()) != symbol.text) continue;
      at_ += symbol.text.size();
      add(symbol.kind);
      return;
    }
    const char32_t c = unicode::decode(text_, at_);
    std::string shown;
    unicode::append(shown, c);
    const bool curly = c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019;
    error(fmt::format("unexpected character '{}'", unicode::escape_for_terminal(shown)), curly ? "replace the typographic quote by a plain one" : "");
    add(TokenKind::kError);
  }

  std::string_view text_;
  Diagnostics& diagnostics_;
  TokenList list_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

}  // namespace

TokenList tokenize(std::string_view text, Diagnostics& diagnostics) { return Lexer(text, diagnostics).run(); }

}  // namespace quarry::kql::syntax
