#include <array>

#include <fmt/format.h>

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/syntax/literals.h"
#include "common/kql/syntax/parser.h"
#include "common/time/parse.h"

namespace quarry::kql::syntax {
namespace {

struct TypedLiteral {
  std::string_view name;
  LiteralKind kind;
};
constexpr TypedLiteral kTypedLiterals[]{
    {"bool", LiteralKind::kBool},         {"boolean", LiteralKind::kBool},     {"int", LiteralKind::kInt},           {"int32", LiteralKind::kInt},
    {"long", LiteralKind::kLong},         {"int64", LiteralKind::kLong},       {"real", LiteralKind::kReal},         {"double", LiteralKind::kReal},
    {"decimal", LiteralKind::kDecimal},   {"datetime", LiteralKind::kDatetime}, {"date", LiteralKind::kDatetime},    {"timespan", LiteralKind::kTimespan},
    {"time", LiteralKind::kTimespan},     {"guid", LiteralKind::kGuid},        {"uniqueid", LiteralKind::kGuid},     {"dynamic", LiteralKind::kDynamic},
};

const TypedLiteral* find_typed(std::string_view name) {
  for (const TypedLiteral& literal : kTypedLiterals) {
    if (literal.name == name) return &literal;
  }
  return nullptr;
}

std::string_view unquoted(std::string_view raw) {
  raw = text::trim_ascii(raw);
  if (raw.size() >= 3 && raw[0] == '@') raw.remove_prefix(1);
  if (raw.size() >= 2 && (raw.front() == '"' || raw.front() == '\'') && raw.back() == raw.front()) return raw.substr(1, raw.size() - 2);
  return raw;
}

bool is_guid(std::string_view raw) {
  std::size_t digits = 0;
  for (const char c : raw) {
    if (text::is_ascii_digit(c) || (text::ascii_lower(c) >= 'a' && text::ascii_lower(c) <= 'f')) ++digits;
    else if (c != '-' && c != '{' && c != '}') return false;
  }
  return digits == 32;
}

/// Sets the value from the text between the parentheses; false where it is no value of the kind.
bool set_value(Literal& literal, std::string_view raw) {
  raw = unquoted(raw);
  if (raw == "null" || raw.empty()) {
    literal.is_null = true;
    return raw == "null" || literal.literal == LiteralKind::kDatetime || literal.literal == LiteralKind::kTimespan;
  }
  literal.text = std::string(raw);
  switch (literal.literal) {
    case LiteralKind::kBool: {
      literal.boolean = text::iequals_ascii(raw, "true") || raw == "1";
      return literal.boolean || text::iequals_ascii(raw, "false") || raw == "0";
    }
    case LiteralKind::kInt:
    case LiteralKind::kLong: {
      if (raw.starts_with("0x") || raw.starts_with("0X")) {
        literal.integer = std::stoll(std::string(raw.substr(2, 15)), nullptr, 16);
        return raw.size() <= 17;
      }
      const auto value = text::parse_int64(raw);
      literal.integer = value.value_or(0);
      if (literal.literal == LiteralKind::kInt && value && (*value > 2147483647LL || *value < -2147483648LL)) return false;
      return value.has_value();
    }
    case LiteralKind::kReal: {
      const auto value = text::parse_double(raw.starts_with('+') ? raw.substr(1) : raw);
      literal.real = value.value_or(0);
      return value.has_value();
    }
    case LiteralKind::kDecimal: return text::parse_double(raw).has_value();
    case LiteralKind::kDatetime: {
      const auto value = parse_datetime(raw);
      if (value) literal.integer = value->ticks;
      return value.has_value();
    }
    case LiteralKind::kTimespan: {
      auto value = parse_timespan(raw);
      if (!value && raw.starts_with('-')) {
        value = parse_timespan(raw.substr(1));
        if (value) value->ticks = -value->ticks;
      }
      if (value) literal.integer = value->ticks;
      return value.has_value();
    }
    case LiteralKind::kGuid: return is_guid(raw);
    case LiteralKind::kString:
    case LiteralKind::kDynamic: break;
  }
  return false;
}

/// Rewrites KQL's dynamic notation as JSON. Iterative: brackets are only counted.
class DynamicRewriter {
 public:
  explicit DynamicRewriter(std::string_view text) : text_(text) {}

  std::optional<std::string> run(std::size_t& error_at) {
    std::size_t opened = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (text::is_ascii_space(c)) {
        ++at_;
      } else if (c == '/' && text_.substr(at_, 2) == "//") {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (c == '[' || c == '{' || c == ']' || c == '}' || c == ',' || c == ':') {
        if (c == '[' || c == '{') ++opened;
        if ((c == ']' || c == '}') && opened-- == 0) return broken(error_at);
        if ((c == ']' || c == '}') && out_.ends_with(',')) out_.pop_back();  // Kusto lets a last comma pass
        out_ += c;
        ++at_;
      } else if (!scalar()) {
        return broken(error_at);
      }
    }
    if (opened != 0 || out_.empty()) return broken(error_at);
    return std::move(out_);
  }

 private:
  std::optional<std::string> broken(std::size_t& error_at) const {
    error_at = at_;
    return std::nullopt;
  }

  bool scalar() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return quoted(false);
    if (c == '@' || c == 'h' || c == 'H') {
      const std::size_t skip = text_.substr(at_ + 1, 1) == "@" ? 2 : 1;
      const char quote = at_ + skip < text_.size() ? text_[at_ + skip] : '\0';
      if (quote == '"' || quote == '\'') {
        at_ += skip;
        return quoted(c == '@' || skip == 2);
      }
    }
    std::size_t end = at_;
    while (end < text_.size() && std::string_view(" \t\r\n,:[]{}()").find(text_[end]) == std::string_view::npos) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (end < text_.size() && text_[end] == '(') return typed(word, end);
    if (word.empty()) return false;
    at_ = end;
    if (word == "true" || word == "false" || word == "null" || text::parse_double(word)) {
      out_ += word;
      return true;
    }
    if (const auto span = parse_timespan_literal(word)) {
      out_ += '"' + std::string(word) + '"';
      return true;
    }
    return false;
  }

  /// datetime(2024-01-01) and the like become their text.
  bool typed(std::string_view name, std::size_t open) {
    const TypedLiteral* const literal = find_typed(name);
    const std::size_t close = text_.find(')', open);
    if (literal == nullptr || close == std::string_view::npos) return false;
    const std::string_view raw = text::trim_ascii(text_.substr(open + 1, close - open - 1));
    const bool bare = literal->kind == LiteralKind::kInt || literal->kind == LiteralKind::kLong || literal->kind == LiteralKind::kReal ||
                      literal->kind == LiteralKind::kBool || raw == "null";
    out_ += bare ? std::string(raw) : '"' + std::string(unquoted(raw)) + '"';
    at_ = close + 1;
    return true;
  }

  bool quoted(bool verbatim) {
    const char quote = text_[at_++];
    out_ += '"';
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == quote) {
        if (!(verbatim && at_ < text_.size() && text_[at_] == quote)) {
          out_ += '"';
          return true;
        }
        ++at_;
        append(c);
      } else if (c == '\\' && !verbatim && at_ < text_.size()) {
        escape(text_[at_++]);
      } else {
        append(c);
      }
    }
    return false;
  }

  void append(char c) {
    if (c == '"' || c == '\\') out_ += '\\';
    if (static_cast<unsigned char>(c) < 0x20) out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else out_ += c;
  }

  /// Escapes that JSON has stay; the rest stands for itself.
  void escape(char c) {
    if (std::string_view("\"\\/bfnrtu").find(c) != std::string_view::npos) {
      out_ += '\\';
      out_ += c;
    } else {
      append(c);
    }
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_typed_literal(std::string_view name) { return find_typed(name) != nullptr; }

std::optional<std::string> dynamic_to_json(std::string_view text, std::size_t& error_at) { return DynamicRewriter(text).run(error_at); }

Expression* Parser::parse_typed_literal(Token name) {
  auto* const literal = make<Literal>();
  literal->literal = find_typed(name.text)->kind;
  next();
  const SourceSpan inside = peek().span;
  std::string_view raw;
  if (at(TokenKind::kRaw)) {
    next();
    raw = text_.substr(inside.start, inside.length);
  } else {
    const std::uint32_t begin = inside.start;
    while (!at(TokenKind::kCloseParen) && !at_operator_end()) next();
    raw = text_.substr(begin, peek().span.start - begin);
  }
  expect(TokenKind::kCloseParen, "')'");
  literal->span = span_from(name.span);
  if (literal->literal == LiteralKind::kDynamic) {
    std::size_t error_at = 0;
    auto json = dynamic_to_json(raw, error_at);
    if (json) {
      literal->is_null = *json == "null";
      literal->text = std::move(*json);
    } else {
      error({static_cast<std::uint32_t>(inside.start + error_at), 1}, "not a dynamic value", "inside dynamic( … ) stands JSON");
    }
  } else if (!set_value(*literal, raw)) {
    error(inside.length > 0 ? inside : literal->span, fmt::format("'{}' is not a {} value", text::trim_ascii(raw), name.text),
          fmt::format("to convert an expression use to{}(…)", name.text == "date" ? "datetime" : name.text == "time" ? "timespan" : name.text));
  }
  return literal;
}

}  // namespace quarry::kql::syntax
