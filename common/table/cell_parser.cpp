#include "common/table/cell_parser.h"

#include "common/base/text.h"
#include "common/time/parse.h"
#include "common/value/dynamic.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace quarry::table {
namespace {

using json::RawValue;
using json::TokenKind;

std::string_view decoded(const RawValue& value, std::string& scratch) {
  if (value.kind != TokenKind::kEscapedText) return value.text();
  scratch.clear();
  decode_json_string(value.text(), scratch);
  return scratch;
}

bool is_text(const RawValue& value) {
  return value.kind == TokenKind::kText || value.kind == TokenKind::kEscapedText ||
         value.kind == TokenKind::kPlainText;
}

// Texts in columns of other types: exports quote numbers and times at will and write "" where there
// is none.
template <class T, class Parse>
Parsed parse_text(const RawValue& value, std::string& scratch, T& into, Parse parse) {
  const std::string_view text = text::trim_ascii(decoded(value, scratch));
  if (text.empty()) return Parsed::kNull;
  const auto parsed = parse(text);
  if (!parsed) return Parsed::kMisfit;
  into = *parsed;
  return Parsed::kValue;
}

// Kusto: tolong() of a real cuts the fraction off.
std::optional<std::int64_t> integer_of_real(std::string_view token) {
  const auto real = text::parse_double(token);
  constexpr double kLimit = 9223372036854775808.0;
  if (!real || !(*real >= -kLimit && *real < kLimit)) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

std::optional<std::int64_t> parse_integer(std::string_view token) {
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (error == std::errc() && rest == token.data() + token.size()) return value;
  return error == std::errc::result_out_of_range && rest == token.data() + token.size()
             ? std::nullopt
             : integer_of_real(token);
}

std::optional<std::uint8_t> parse_bool_text(std::string_view text) {
  if (text::iequals_ascii(text, "true")) return std::uint8_t{1};
  if (text::iequals_ascii(text, "false")) return std::uint8_t{0};
  if (const auto number = parse_integer(text))
    return static_cast<std::uint8_t>(*number != 0 ? 1 : 0);
  return std::nullopt;
}

template <class T>
Parsed assign(const std::optional<T>& parsed, T& into) {
  if (!parsed) return Parsed::kMisfit;
  into = *parsed;
  return Parsed::kValue;
}

}  // namespace

Parsed parse_cell(const RawValue& value, std::string& scratch, std::uint8_t& into) {
  if (value.is_missing()) return Parsed::kNull;
  if (value.kind == TokenKind::kTrue || value.kind == TokenKind::kFalse) {
    into = value.kind == TokenKind::kTrue ? 1 : 0;
    return Parsed::kValue;
  }
  if (value.kind == TokenKind::kNumber) return assign(parse_bool_text(value.text()), into);
  return is_text(value) ? parse_text(value, scratch, into, parse_bool_text) : Parsed::kMisfit;
}

Parsed parse_cell(const RawValue& value, std::string& scratch, std::int64_t& into) {
  if (value.is_missing()) return Parsed::kNull;
  if (value.kind == TokenKind::kNumber) {
    const Parsed parsed = assign(parse_integer(value.text()), into);
    const bool has_point =
        parsed == Parsed::kValue && value.text().find('.') != std::string_view::npos;
    return has_point && text::parse_double(value.text()) != static_cast<double>(into) ? Parsed::kCut
                                                                                      : parsed;
  }
  if (value.kind == TokenKind::kTrue || value.kind == TokenKind::kFalse) {
    into = value.kind == TokenKind::kTrue ? 1 : 0;
    return Parsed::kValue;
  }
  return is_text(value) ? parse_text(value, scratch, into, parse_integer) : Parsed::kMisfit;
}

Parsed parse_cell(const RawValue& value, std::string& scratch, std::int32_t& into) {
  std::int64_t wide = 0;
  const Parsed parsed = parse_cell(value, scratch, wide);
  if (parsed != Parsed::kValue && parsed != Parsed::kCut) return parsed;
  if (wide < std::numeric_limits<std::int32_t>::min() ||
      wide > std::numeric_limits<std::int32_t>::max())
    return Parsed::kMisfit;
  into = static_cast<std::int32_t>(wide);
  return parsed;
}

Parsed parse_cell(const RawValue& value, std::string& scratch, double& into) {
  if (value.is_missing()) return Parsed::kNull;
  if (value.kind == TokenKind::kNumber) return assign(text::parse_double(value.text()), into);
  if (value.kind == TokenKind::kTrue || value.kind == TokenKind::kFalse) {
    into = value.kind == TokenKind::kTrue ? 1.0 : 0.0;
    return Parsed::kValue;
  }
  return is_text(value) ? parse_text(value, scratch, into,
                                     [](std::string_view text) { return text::parse_double(text); })
                        : Parsed::kMisfit;
}

Parsed parse_cell(const RawValue& value, std::string& scratch, Decimal& into) {
  if (value.is_missing()) return Parsed::kNull;
  if (value.kind == TokenKind::kNumber) return assign(parse_decimal(value.text()), into);
  return is_text(value) ? parse_text(value, scratch, into, parse_decimal) : Parsed::kMisfit;
}

Parsed parse_cell(const RawValue& value, std::string& scratch, Datetime& into) {
  if (value.is_missing()) return Parsed::kNull;
  if (value.kind == TokenKind::kText || value.kind == TokenKind::kPlainText) {
    if (const auto fast = parse_iso_datetime(value.text())) {
      into = *fast;
      return Parsed::kValue;
    }
  }
  return is_text(value) ? parse_text(value, scratch, into, parse_datetime) : Parsed::kMisfit;
}

Parsed parse_cell(const RawValue& value, std::string& scratch, Timespan& into) {
  if (value.is_missing()) return Parsed::kNull;
  return is_text(value) ? parse_text(value, scratch, into, parse_timespan) : Parsed::kMisfit;
}

Parsed parse_cell(const RawValue& value, std::string& scratch, Guid& into) {
  if (value.is_missing()) return Parsed::kNull;
  return is_text(value) ? parse_text(value, scratch, into, parse_guid) : Parsed::kMisfit;
}

TextInDynamic classify_dynamic_text(std::string_view text) {
  const std::string_view trimmed = text::trim_ascii(text);
  if (trimmed.empty()) return TextInDynamic::kNothing;
  if (trimmed.front() != '{' && trimmed.front() != '[') return TextInDynamic::kText;
  return is_valid_json(trimmed) ? TextInDynamic::kJson : TextInDynamic::kText;
}

}  // namespace quarry::table
