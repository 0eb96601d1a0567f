// Characters -> tokens. Keywords are names here: KQL decides by position what is a keyword, so
// columns may be called `type` or `by`. Typed literals (datetime(…), dynamic(…), guid(…)) take
// their inside as raw text, since it follows rules of its own.
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/syntax/blanks.h"
#include "common/kql/syntax/token.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace quarry::kql::syntax {
namespace {

bool is_name_start(char c) { return text::is_ascii_alpha(c) || c == '_' || c == '$'; }
bool is_name_part(char c) { return text::is_ascii_alnum(c) || c == '_'; }

/// 8-4-4-4-12 hexadecimal digits: a guid may stand bare in a query.
constexpr std::size_t kGuidLength = 36;
bool is_bare_guid(std::string_view text) {
  if (text.size() < kGuidLength) return false;
  for (std::size_t i = 0; i < kGuidLength; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text::ascii_lower(text[i]);
    if (dash ? c != '-' : !text::is_ascii_digit(c) && (c < 'a' || c > 'f')) return false;
  }
  return true;
}

/// Names that take raw text when a parenthesis follows.
bool takes_raw(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kNames{"dynamic", "datetime", "timespan", "guid",
                                                          "time",    "date",     "uniqueid"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

class Lexer {
 public:
  Lexer(std::string_view text, Diagnostics& diagnostics, std::uint32_t begin)
      : text_(text), diagnostics_(diagnostics), at_(begin), start_(begin) {}

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
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  SourceSpan span() const {
    return {static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(at_ - start_)};
  }
  Token& add(TokenKind kind) {
    Token token;
    token.kind = kind;
    token.span = span();
    list_.tokens.push_back(std::move(token));
    return list_.tokens.back();
  }
  void error(std::string message, std::string hint = {}) {
    diagnostics_.error(DiagnosticClass::kSyntax, span(), std::move(message), std::move(hint));
  }

  void skip_blanks_and_comments() {
    while (at_ < text_.size()) {
      if (const std::size_t blank = blank_length(text_, at_); blank > 0) {
        at_ += blank;
      } else if (text_.substr(at_, 2) == "//" ||
                 (text_[at_] == '#' && first_of_line())) {  // # begins a directive of other tools
        const std::size_t begin = at_;
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
        list_.comments.push_back(
            {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_ - begin)}});
      } else {
        return;
      }
    }
  }

  bool first_of_line() const {
    std::size_t at = at_;
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    return at == 0 || text_[at - 1] == '\n' || text_[at - 1] == '\r';
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
    if (is_bare_guid(text_.substr(at_)) && name_end(at_ + kGuidLength) == at_ + kGuidLength) {
      at_ += kGuidLength;
      add(TokenKind::kGuid).text = std::string(text_.substr(start_, kGuidLength));
      return;
    }
    if (text::is_ascii_digit(c) || (c == '.' && text::is_ascii_digit(peek(1)) && !after_value()))
      return lex_number();
    if (is_name_start(c) || name_end(at_) > at_) return lex_name();
    lex_symbol();
  }

  /// Where a name that has reached `at` ends: letters of any language, digits, underscores.
  std::size_t name_end(std::size_t at) const {
    while (at < text_.size()) {
      if (is_name_part(text_[at])) {
        ++at;
        continue;
      }
      std::size_t next = at;
      if (static_cast<unsigned char>(text_[at]) < 0x80 ||
          !unicode::is_alphanumeric(unicode::decode(text_, next)))
        break;
      at = next;
    }
    return at;
  }

  /// In `a.5` the dot is an access, in `(.5)` a number begins.
  bool after_value() const {
    if (list_.tokens.empty()) return false;
    const TokenKind kind = list_.tokens.back().kind;
    return kind == TokenKind::kName || kind == TokenKind::kCloseParen ||
           kind == TokenKind::kCloseBracket || kind == TokenKind::kLong;
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
    const std::size_t begin = at_;
    control_escape_ = 0;
    std::string decoded;
    while (true) {
      if (at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r') {
        diagnostics_.error(DiagnosticClass::kSyntax, {static_cast<std::uint32_t>(at_), 0},
                           "string is not closed", fmt::format("put a {} at its end", quote));
        break;
      }
      const char c = text_[at_++];
      if (c == quote) {
        if (verbatim && peek() == quote) {
          decoded += quote;
          ++at_;
          continue;
        }
        warn_of_path(text_.substr(begin, at_ - 1 - begin), quote);
        break;
      }
      if (c == '\\' && !verbatim)
        append_escape(decoded);
      else
        decoded += c;
    }
    add(TokenKind::kString).text = std::move(decoded);
  }

  /// "C:\temp" is valid and holds a tab.
  void warn_of_path(std::string_view raw, char quote) {
    if (control_escape_ == 0) return;
    const bool drive =
        raw.size() > 3 && text::is_ascii_alpha(raw[0]) && raw[1] == ':' && raw[2] == '\\';
    const std::size_t percent = raw.starts_with('%') ? raw.find("%\\", 1) : std::string_view::npos;
    if (!drive && percent == std::string_view::npos && !raw.starts_with("\\\\\\\\")) return;
    std::string plain;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      plain += raw[i];
      if (raw.substr(i, 2) == "\\\\") ++i;
    }
    const char c = text_[control_escape_ + 1];
    const std::string_view meaning = c == 't'   ? "a tab"
                                     : c == 'n' ? "a line end"
                                                : "a control character";
    diagnostics_.warning(
        DiagnosticClass::kSemantic, {static_cast<std::uint32_t>(control_escape_), 2},
        fmt::format("\\{} is {} here", c, meaning), fmt::format("write @{0}{1}{0}", quote, plain));
  }

  void append_escape(std::string& out) {
    if (at_ >= text_.size()) return;  // then the string is not closed
    const std::size_t backslash = at_ - 1;
    const char c = peek();
    if (control_escape_ == 0 &&
        std::string_view("tnrabfv01234567").find(c) != std::string_view::npos)
      control_escape_ = backslash;
    ++at_;
    switch (c) {
      case 'n':
        out += '\n';
        return;
      case 't':
        out += '\t';
        return;
      case 'r':
        out += '\r';
        return;
      case 'a':
        out += '\a';
        return;
      case 'b':
        out += '\b';
        return;
      case 'f':
        out += '\f';
        return;
      case 'v':
        out += '\v';
        return;
      case '\\':
      case '"':
      case '\'':
        out += c;
        return;
      case 'x':
        return append_code_point(out, 2, backslash);
      case 'u':
        return append_code_point(out, 4, backslash);
      case 'U':
        return append_code_point(out, 8, backslash);
      default:
        break;
    }
    if (c >= '0' && c <= '7') {
      unsigned value = static_cast<unsigned>(c - '0');
      for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; ++i)
        value = value * 8 + static_cast<unsigned>(text_[at_++] - '0');
      unicode::append(out, value);
      return;
    }
    diagnostics_.error(DiagnosticClass::kSyntax, {static_cast<std::uint32_t>(backslash), 2},
                       fmt::format("unknown escape '\\{}' in a string", c),
                       "write \\\\ for a backslash, or @\"…\" for a string without escapes");
  }

  void append_code_point(std::string& out, std::size_t digits, std::size_t backslash) {
    const std::string_view hex = text_.substr(std::min(at_, text_.size()), digits);
    std::uint32_t value = 0;
    const auto [end, failure] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    if (hex.size() != digits || failure != std::errc() || end != hex.data() + hex.size()) {
      diagnostics_.error(DiagnosticClass::kSyntax, {static_cast<std::uint32_t>(backslash), 2},
                         fmt::format("an escape of {} hexadecimal digits is cut short", digits));
      return;
    }
    at_ += digits;
    unicode::append(out, value);
  }

  void lex_multi_line() {
    const std::string_view fence = text_.substr(at_, 3);
    const std::size_t close = text_.find(fence, at_ + 3);
    std::string_view inside = text_.substr(
        at_ + 3, close == std::string_view::npos ? std::string_view::npos : close - at_ - 3);
    at_ = close == std::string_view::npos ? text_.size() : close + 3;
    if (close == std::string_view::npos)
      error("multi-line string is not closed", fmt::format("put {} at its end", fence));
    add(TokenKind::kString).text = std::string(inside);
  }

  void lex_number() {
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && lex_hex()) return;
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

  /// False where it is no number (0xyz is a name).
  bool lex_hex() {
    const std::size_t end = name_end(at_);
    const std::string_view digits = text_.substr(at_ + 2, end - at_ - 2);
    if (digits.empty() ||
        digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
      return false;
    at_ = end;
    std::uint64_t value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value, 16).ec != std::errc())
      error("hexadecimal number does not fit into 64 bits");
    add(TokenKind::kLong).integer = static_cast<std::int64_t>(value);
    return true;
  }

  /// 1d, 1.5h, 30min: number and unit. A name that only begins with digits ("4624_x") is left to
  /// lex_name.
  bool lex_suffix() {
    const std::size_t end = name_end(at_);
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
    at_ = name_end(at_ + (is_name_start(peek()) ? 1 : 0));
    const std::string_view name = text_.substr(start_, at_ - start_);
    Token& token = add(TokenKind::kName);
    token.text = std::string(name);
    if (takes_raw(name) && !after_dot_or_pipe()) lex_raw(name);
  }

  /// `| dynamic(` is no literal, nor is `x.date(`.
  bool after_dot_or_pipe() const {
    if (list_.tokens.size() < 2) return false;
    const TokenKind before = list_.tokens[list_.tokens.size() - 2].kind;
    return before == TokenKind::kDot || before == TokenKind::kPipe;
  }

  /// The raw inside of name( … ), as one token between the parentheses.
  void lex_raw(std::string_view name) {
    std::size_t open = at_;
    while (open < text_.size() && text::is_ascii_space(text_[open])) ++open;
    if (open >= text_.size() || text_[open] != '(') return;
    const std::size_t close =
        name == "dynamic" ? end_of_dynamic(open) : text_.find_first_of(")\r\n", open);
    if (close >= text_.size() || text_[close] != ')')
      return;  // the parser reports the missing parenthesis
    add_between(TokenKind::kOpenParen, open, open + 1);
    add_between(TokenKind::kRaw, open + 1, close).text =
        std::string(text_.substr(open + 1, close - open - 1));
    add_between(TokenKind::kCloseParen, close, close + 1);
  }

  Token& add_between(TokenKind kind, std::size_t begin, std::size_t end) {
    start_ = begin;
    at_ = end;
    return add(kind);
  }

  /// The parenthesis that closes dynamic( … ): strings and comments inside may hold parentheses of
  /// their own.
  std::size_t end_of_dynamic(std::size_t at) const {
    std::size_t depth = 0;
    while (at < text_.size()) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        at = end_of_quoted(at, at > 0 && text_[at - 1] == '@');
        continue;
      }
      if (text_.substr(at, 2) == "//") at = std::min(text_.find('\n', at), text_.size() - 1);
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) return at;
      ++at;
    }
    return at;
  }

  std::size_t end_of_quoted(std::size_t at, bool verbatim) const {
    const char quote = text_[at++];
    while (at < text_.size() && text_[at] != quote) at += text_[at] == '\\' && !verbatim ? 2 : 1;
    return std::min(at + 1, text_.size());
  }

  /// `x` and “x”: reported once, and then a string.
  bool lex_foreign_quote() {
    std::size_t next = at_;
    const char32_t open = unicode::decode(text_, next);
    if (open != '`' && !is_curly(open)) return false;
    for (std::size_t at = next; at < text_.size() && text_[at] != '\n';) {
      const std::size_t begin = at;
      const char32_t c = unicode::decode(text_, at);
      if (open == '`' ? c != '`' : !is_curly(c)) continue;
      at_ = next;
      error(fmt::format("unexpected character '{}'", text_.substr(start_, next - start_)),
            open == '`' ? "strings stand in \" or '"
                        : "replace the typographic quotes by plain ones");
      at_ = at;
      add(TokenKind::kString).text = std::string(text_.substr(next, begin - next));
      return true;
    }
    return false;
  }

  /// C's comments, and the shell's behind code.
  bool lex_foreign_comment() {
    const bool block =
        text_.substr(at_, 2) == "/*" && text_.find("*/", at_) != std::string_view::npos;
    if (!block && (text_[at_] != '#' || peek(1) != ' ')) return false;
    at_ += block ? 2 : 1;
    error(block ? "unexpected '/*'" : "unexpected character '#'",
          "comments begin with // and end with the line");
    at_ = block ? text_.find("*/", at_) + 2
                : std::min(text_.find_first_of("\r\n", at_), text_.size());
    return true;
  }

  static bool is_curly(char32_t c) {
    return c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019;
  }

  void lex_symbol() {
    if (text_.substr(at_, 2) == "/*" && lex_foreign_comment()) return;
    struct Symbol {
      std::string_view text;
      TokenKind kind;
    };
    static constexpr Symbol kSymbols[]{
        {"..", TokenKind::kDotDot},       {"=>", TokenKind::kArrow},
        {"==", TokenKind::kEqual},        {"=~", TokenKind::kEqualTilde},
        {"!=", TokenKind::kNotEqual},     {"!~", TokenKind::kNotTilde},
        {"<>", TokenKind::kNotEqual},     {"<=", TokenKind::kLessEqual},
        {">=", TokenKind::kGreaterEqual}, {"|", TokenKind::kPipe},
        {";", TokenKind::kSemicolon},     {",", TokenKind::kComma},
        {".", TokenKind::kDot},           {":", TokenKind::kColon},
        {"=", TokenKind::kAssign},        {"(", TokenKind::kOpenParen},
        {")", TokenKind::kCloseParen},    {"[", TokenKind::kOpenBracket},
        {"]", TokenKind::kCloseBracket},  {"{", TokenKind::kOpenBrace},
        {"}", TokenKind::kCloseBrace},    {"+", TokenKind::kPlus},
        {"-", TokenKind::kMinus},         {"*", TokenKind::kStar},
        {"/", TokenKind::kSlash},         {"%", TokenKind::kPercent},
        {"<", TokenKind::kLess},          {">", TokenKind::kGreater},
        {"!", TokenKind::kBang},          {"~", TokenKind::kTilde},
    };
    for (const Symbol& symbol : kSymbols) {
      if (text_.substr(at_, symbol.text.size()) != symbol.text) continue;
      at_ += symbol.text.size();
      add(symbol.kind);
      return;
    }
    if (text_.substr(at_, 2) == "&&") {
      at_ += 2;
      error("'&&' is not an operator of KQL", "write and");
      add(TokenKind::kError).text = "&&";
      return;
    }
    if (lex_foreign_comment() || lex_foreign_quote()) return;
    if (text_.substr(at_, 2) == "??") ++at_;
    const char32_t c = unicode::decode(text_, at_);
    std::string shown;
    unicode::append(shown, c);
    error(fmt::format("unexpected character '{}'", unicode::escape_for_terminal(shown)),
          is_curly(c) ? "replace the typographic quote by a plain one"
          : c == '?'  ? "a choice is iff(condition, then, else), a fallback coalesce(a, b)"
                      : "");
    add(TokenKind::kError);
  }

  std::string_view text_;
  Diagnostics& diagnostics_;
  TokenList list_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::size_t control_escape_ = 0;  // the first \t, \n … of the string at hand; 0: none
};

}  // namespace

std::size_t blank_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (static_cast<unsigned char>(text[at]) < 0x80) return text::is_ascii_space(text[at]) ? 1 : 0;
  std::size_t next = at;
  const char32_t c = unicode::decode(text, next);
  const bool blank = c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
                     c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
                     c == 0xFEFF;
  return blank ? next - at : 0;
}

TokenList tokenize(std::string_view text, Diagnostics& diagnostics, std::uint32_t begin) {
  return Lexer(text, diagnostics, begin).run();
}

}  // namespace quarry::kql::syntax
