// long(5), datetime(2024-05-01), guid(…): literals with their type before them, read from the text
// between the parentheses.
#include "common/base/text.h"
#include "common/kql/syntax/blanks.h"
#include "common/kql/syntax/date_order.h"
#include "common/kql/syntax/literals.h"
#include "common/kql/syntax/parser.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace quarry::kql::syntax {
namespace {

struct TypedLiteral {
  std::string_view name;
  LiteralKind kind;
};
constexpr TypedLiteral kTypedLiterals[]{
    {"bool", LiteralKind::kBool},       {"boolean", LiteralKind::kBool},
    {"int", LiteralKind::kInt},         {"int32", LiteralKind::kInt},
    {"long", LiteralKind::kLong},       {"int64", LiteralKind::kLong},
    {"real", LiteralKind::kReal},       {"double", LiteralKind::kReal},
    {"decimal", LiteralKind::kDecimal}, {"datetime", LiteralKind::kDatetime},
    {"date", LiteralKind::kDatetime},   {"timespan", LiteralKind::kTimespan},
    {"time", LiteralKind::kTimespan},   {"guid", LiteralKind::kGuid},
    {"uniqueid", LiteralKind::kGuid},   {"dynamic", LiteralKind::kDynamic},
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
  if (raw.size() >= 2 && (raw.front() == '"' || raw.front() == '\'') && raw.back() == raw.front())
    return raw.substr(1, raw.size() - 2);
  return raw;
}

bool is_guid(std::string_view raw) {
  std::size_t digits = 0;
  for (const char c : raw) {
    if (text::is_ascii_digit(c) || (text::ascii_lower(c) >= 'a' && text::ascii_lower(c) <= 'f'))
      ++digits;
    else if (c != '-' && c != '{' && c != '}')
      return false;
  }
  return digits == 32;
}

bool set_integer(Literal& literal, std::string_view raw) {
  if (raw.starts_with("0x") || raw.starts_with("0X")) {
    std::uint64_t bits = 0;
    const char* const end = raw.data() + raw.size();
    const auto [stop, failure] = std::from_chars(raw.data() + 2, end, bits, 16);
    literal.integer = static_cast<std::int64_t>(bits);
    if (failure != std::errc() || stop != end) return false;
  } else {
    const auto value = text::parse_int64(raw.starts_with('+') ? raw.substr(1) : raw);
    if (!value) return false;
    literal.integer = *value;
  }
  return literal.literal == LiteralKind::kLong ||
         (literal.integer <= INT32_MAX && literal.integer >= INT32_MIN);
}

bool set_real(Literal& literal, std::string_view raw) {
  const auto value = text::parse_double(raw.starts_with('+') ? raw.substr(1) : raw);
  literal.real = value.value_or(0);
  return value.has_value();
}

/// Blanks of any kind as spaces.
std::string plain_blanks(std::string_view raw) {
  std::string plain;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t blank = blank_length(raw, at);
    plain += blank > 0 ? ' ' : raw[at];
    at += std::max<std::size_t>(blank, 1);
  }
  return plain;
}

/// Commas may stand between the parts of a date.
bool set_datetime(Literal& literal, std::string_view raw) {
  auto value = parse_datetime(plain_blanks(raw));
  if (!value && raw.find(',') != std::string_view::npos) {
    std::string dashed;
    for (const std::string_view part : text::split(raw, ',')) {
      if (!dashed.empty()) dashed += '-';
      const std::string_view digits = text::trim_ascii(part);
      if (digits.size() == 1) dashed += '0';
      dashed += digits;
    }
    value = parse_datetime(dashed);
  }
  if (value) literal.integer = value->ticks;
  return value.has_value();
}

bool set_timespan(Literal& literal, std::string_view raw) {
  auto value = parse_timespan(raw);
  if (!value && raw.starts_with('-')) {
    value = parse_timespan(text::trim_ascii(raw.substr(1)));
    if (value) value->ticks = -value->ticks;
  }
  if (value) literal.integer = value->ticks;
  return value.has_value();
}

bool set_bool(Literal& literal, std::string_view raw) {
  literal.boolean = text::iequals_ascii(raw, "true") || raw == "1";
  return literal.boolean || text::iequals_ascii(raw, "false") || raw == "0";
}

/// Sets the value from the text between the parentheses; false where it is no value of the kind.
bool set_value(Literal& literal, std::string_view raw) {
  if (raw == "null" || raw.empty()) {
    literal.is_null = true;
    return raw == "null" || literal.literal == LiteralKind::kDatetime ||
           literal.literal == LiteralKind::kTimespan;
  }
  literal.text = std::string(raw);
  switch (literal.literal) {
    case LiteralKind::kBool:
      return set_bool(literal, raw);
    case LiteralKind::kInt:
    case LiteralKind::kLong:
      return set_integer(literal, raw);
    case LiteralKind::kReal:
      return set_real(literal, raw);
    case LiteralKind::kDecimal:
      return raw.find_first_of("0123456789") != std::string_view::npos &&
             text::parse_double(raw).has_value();
    case LiteralKind::kDatetime:
      return set_datetime(literal, raw);
    case LiteralKind::kTimespan:
      return set_timespan(literal, raw);
    case LiteralKind::kGuid:
      return is_guid(raw);
    case LiteralKind::kString:
    case LiteralKind::kDynamic:
      break;
  }
  return false;
}

}  // namespace

bool is_typed_literal(std::string_view name) { return find_typed(name) != nullptr; }

std::optional<bool> boolean_word(std::string_view word) {
  if (word == "true" || word == "True" || word == "TRUE") return true;
  if (word == "false" || word == "False" || word == "FALSE") return false;
  return std::nullopt;
}

Expression* Parser::parse_typed_literal(Token name) {
  auto* const literal = make<Literal>();
  literal->literal = find_typed(name.text)->kind;
  next();
  const std::uint32_t begin = peek().span.start;
  while (!at(TokenKind::kCloseParen) && !at_operator_end()) next();
  const SourceSpan inside{begin, std::max(begin, peek().span.start) - begin};
  const bool closed = expect(TokenKind::kCloseParen, "')'");
  literal->span = span_from(name.span);
  if (!closed) return literal;
  const std::string_view raw = text_.substr(inside.start, inside.length);
  if (literal->literal == LiteralKind::kDynamic) {
    set_dynamic(*literal, inside);
  } else if (const std::string_view value = unquoted(raw); !set_value(*literal, value)) {
    const std::string_view type = name.text == "date"   ? "datetime"
                                  : name.text == "time" ? "timespan"
                                                        : std::string_view(name.text);
    std::string message = fmt::format("'{}' is not a {} value", value, type);
    const SourceSpan where = inside.length > 0 ? inside : literal->span;
    literal->is_null = true;
    const bool lenient =
        literal->literal == LiteralKind::kDatetime || literal->literal == LiteralKind::kTimespan;
    if (lenient)
      report_wrong_time(*literal, value, where);
    else
      error(where, std::move(message), fmt::format("to convert an expression use to{}(…)", type));
  }
  if (literal->literal == LiteralKind::kDatetime && !literal->is_null) {
    const std::string_view value = unquoted(raw);
    if (has_interchangeable_day(value))
      diagnostics_.warning(DiagnosticClass::kSemantic, inside,
                           fmt::format("'{}' is read as month, day, year", value),
                           fmt::format("write datetime({}) where that is meant",
                                       iso_date(Datetime{literal->integer})));
  }
  return literal;
}

/// Kusto reads such a literal as null.
void Parser::report_wrong_time(const Literal& literal, std::string_view value, SourceSpan where) {
  const bool date = literal.literal == LiteralKind::kDatetime;
  std::string message = fmt::format("'{}' is not a {}", value, date ? "date" : "timespan");
  const std::string mended = date ? date_with_day_first(value) : std::string();
  std::string hint = !mended.empty() ? fmt::format("write datetime({})", mended)
                     : date ? "dates are written datetime(2026-06-13), datetime(2026-06-13 14:30)"
                            : "timespans are written 1d, 2h, 30m, or timespan(1.02:03:04)";
  if (wrong_times_ == WrongTimes::kError)
    return semantic_error(where, std::move(message), std::move(hint));
  diagnostics_.warning(DiagnosticClass::kSemantic, where, message + "; it stands for null",
                       std::move(hint));
}

void Parser::set_dynamic(Literal& literal, SourceSpan inside) {
  std::size_t error_at = 0;
  auto json = dynamic_to_json(text_.substr(inside.start, inside.length), error_at);
  if (!json)
    return error({static_cast<std::uint32_t>(inside.start + error_at), 1}, "not a dynamic value",
                 "inside dynamic( … ) stands JSON");
  literal.is_null = *json == "null";
  literal.text = std::move(*json);
}

}  // namespace quarry::kql::syntax
