// dynamic( … ): KQL's notation for JSON, made strict. It also has 'single' and @"verbatim" strings,
// h"…", a comma behind the last item, comments, and other literals inside (datetime(…), 1d).
// Brackets are kept on a stack of our own, so depth costs no recursion.
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/syntax/blanks.h"
#include "common/kql/syntax/literals.h"
#include "common/time/format.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <charconv>

namespace quarry::kql::syntax {
namespace {

class DynamicRewriter {
 public:
  explicit DynamicRewriter(std::string_view text) : text_(text) {}

  std::optional<std::string> run(std::size_t& error_at) {
    const bool good = value_with_insides();
    skip_blanks();
    if (good && at_ == text_.size()) return std::move(out_);
    error_at = at_;
    return std::nullopt;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (const std::size_t blank = blank_length(text_, at_); blank > 0)
        at_ += blank;
      else if (text_.substr(at_, 2) == "//")
        at_ = std::min(text_.find('\n', at_), text_.size());
      else
        return;
    }
  }

  /// A value, and where it opens a bracket all up to the closing one.
  bool value_with_insides() {
    if (!value()) return false;
    while (!open_.empty()) {
      skip_blanks();
      const char close = open_.back();
      if (peek() == close && (close != ')' || fresh_ != out_.size())) {
        close_one();
        continue;
      }
      if (close == ')') return false;  // dynamic( … ) inside holds one value
      if (fresh_ != out_.size()) {
        if (peek() != ',') return false;
        ++at_;
        skip_blanks();
        if (peek() == close) {  // Kusto lets a last comma pass
          close_one();
          continue;
        }
        out_ += ',';
      }
      if (close == '}' && !key()) return false;
      if (!value()) return false;
    }
    return true;
  }

  void close_one() {
    if (open_.back() != ')') out_ += open_.back();
    open_.pop_back();
    ++at_;
  }

  bool key() {
    skip_blanks();
    if (!quoted_with_prefix()) return false;
    skip_blanks();
    if (peek() != ':') return false;
    out_ += ':';
    ++at_;
    return true;
  }

  bool value() {
    skip_blanks();
    if (peek() == '[' || peek() == '{') {
      open_ += peek() == '[' ? ']' : '}';
      out_ += text_[at_++];
      fresh_ = out_.size();
      return true;
    }
    if (text_.substr(at_, 8) == "dynamic(") {
      at_ += 8;
      open_ += ')';
      return value();
    }
    return quoted_with_prefix() || word();
  }

  /// Neighbours are one string.
  bool quoted_with_prefix() {
    if (!one_quoted()) return false;
    while (true) {
      const std::size_t end = at_;
      const std::size_t length = out_.size();
      skip_blanks();
      if (!one_quoted()) {
        at_ = end;
        return true;
      }
      out_.erase(length - 1, 2);  // the quotes in between
    }
  }

  bool one_quoted() {
    std::size_t skip = peek() == 'h' || peek() == 'H' ? 1 : 0;
    const bool verbatim = peek(skip) == '@';
    if (verbatim) ++skip;
    if (peek(skip) != '"' && peek(skip) != '\'') return false;
    const std::size_t begin = at_;
    at_ += skip;
    const std::size_t length = out_.size();
    if (quoted(verbatim)) return true;
    at_ = begin;
    out_.resize(length);
    return false;
  }

  /// A number, true, false, null, a timespan, or a typed literal.
  bool word() {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,:[]{}()\"'", at_), text_.size());
    const std::string_view written = text_.substr(at_, end - at_);
    if (end < text_.size() && text_[end] == '(') return typed(written, end);
    if (!append_word(written)) return false;
    at_ = end;
    return true;
  }

  bool append_word(std::string_view written) {
    if (text::iequals_ascii(written, "true") || text::iequals_ascii(written, "false") ||
        text::iequals_ascii(written, "null")) {
      out_ += text::lower_ascii(written);
      return true;
    }
    if (const auto span = written.empty() || text::is_ascii_digit(written.back())
                              ? std::nullopt
                              : parse_timespan_literal(written)) {
      out_ += '"' + to_string(*span) + '"';
      return true;
    }
    return append_number(written);
  }

  /// As written where that is JSON, else (1. .5 +5 0x1F) as JSON has it.
  bool append_number(std::string_view written) {
    std::string_view digits =
        written.starts_with('-') || written.starts_with('+') ? written.substr(1) : written;
    if (digits.empty() || !(text::is_ascii_digit(digits.front()) || digits.front() == '.'))
      return false;
    if (digits.starts_with("0x") || digits.starts_with("0X")) {
      std::uint64_t value = 0;
      const char* const end = digits.data() + digits.size();
      const auto [stop, failure] = std::from_chars(digits.data() + 2, end, value, 16);
      if (failure != std::errc() || stop != end) return false;
      out_ += fmt::format("{}{}", written.starts_with('-') ? "-" : "", value);
      return true;
    }
    const auto value = text::parse_double(digits);
    if (!value) return false;
    const bool strict =
        digits.front() != '.' &&
        !(digits.size() > 1 && digits.front() == '0' && text::is_ascii_digit(digits[1])) &&
        digits.find(".e") == digits.npos && digits.find(".E") == digits.npos &&
        digits.back() != '.';
    if (strict) {
      out_ += written.starts_with('+') ? digits : written;
    } else {
      if (written.starts_with('-')) out_ += '-';
      text::append_real(out_, *value);
    }
    return true;
  }

  /// datetime(2024-01-01) and the like: numbers and booleans bare, the others as text.
  bool typed(std::string_view name, std::size_t open) {
    const std::size_t close = text_.find(')', open);
    if (!is_typed_literal(name) || close == std::string_view::npos) return false;
    std::string_view raw = text::trim_ascii(text_.substr(open + 1, close - open - 1));
    if (raw.size() >= 2 && (raw.front() == '"' || raw.front() == '\'') && raw.back() == raw.front())
      raw = raw.substr(1, raw.size() - 2);
    if (!append_typed(name, raw)) return false;
    at_ = close + 1;
    return true;
  }

  bool append_typed(std::string_view name, std::string_view raw) {
    if (raw == "null") return append_word(raw);
    if (name == "datetime" || name == "date") {
      const auto when = parse_datetime(raw);
      if (when) out_ += '"' + to_string(*when) + '"';
      return when.has_value();
    }
    if (name == "timespan" || name == "time") {
      const auto span = parse_timespan(raw);
      if (span) out_ += '"' + to_string(*span) + '"';
      return span.has_value();
    }
    if (name != "guid" && name != "uniqueid") return append_word(raw);
    out_ += '"';
    for (const char c : raw) append(c);
    out_ += '"';
    return true;
  }

  bool quoted(bool verbatim) {
    const char quote = text_[at_++];
    out_ += '"';
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == quote) {
        if (!(verbatim && peek() == quote)) {
          out_ += '"';
          return true;
        }
        ++at_;
        append(c);
      } else if (c == '\\' && !verbatim && at_ < text_.size()) {
        if (!escape()) return false;
      } else {
        append(c);
      }
    }
    return false;
  }

  void append(char c) {
    if (c == '"' || c == '\\') out_ += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out_ += c;
  }

  /// Escapes that JSON has stay; KQL's others become the character; anything else stands for
  /// itself.
  bool escape() {
    const char c = text_[at_++];
    if (c == 'u') return hex(4);
    if (c == 'x') return hex(2);
    if (c == 'a')
      append('\a');
    else if (c == 'v')
      append('\v');
    else if (std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos)
      (out_ += '\\') += c;
    else
      append(c);
    return true;
  }

  bool hex(std::size_t digits) {
    const std::string_view written = text_.substr(at_, digits);
    if (written.size() != digits ||
        written.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
      return false;
    out_ += digits == 4 ? "\\u" : "\\u00";
    out_ += written;
    at_ += digits;
    return true;
  }

  std::string_view text_;
  std::string out_;
  std::string open_;       // closing brackets that are still to come
  std::size_t fresh_ = 0;  // length of out_ just behind the newest opening bracket
  std::size_t at_ = 0;
};

/// Bytes that are no UTF-8 become U+FFFD, as in every text that is printed.
std::string with_valid_bytes(std::string json) {
  std::size_t invalid = unicode::find_invalid(json);
  if (invalid == std::string::npos) return json;
  std::string out;
  std::string_view rest = json;
  for (; invalid != std::string::npos; invalid = unicode::find_invalid(rest)) {
    out += rest.substr(0, invalid);
    unicode::append(out, unicode::kReplacement);
    rest.remove_prefix(invalid + 1);
  }
  return out.append(rest);
}

}  // namespace

std::optional<std::string> dynamic_to_json(std::string_view text, std::size_t& error_at) {
  std::optional<std::string> json = DynamicRewriter(text).run(error_at);
  if (json) json = with_valid_bytes(std::move(*json));
  return json;
}

}  // namespace quarry::kql::syntax
