#include "common/value/json_number.h"

#include "common/base/text.h"
#include "common/value/compare.h"
#include "common/value/hash.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

namespace quarry {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && text::is_ascii_digit(text[at])) ++at;
  return at;
}

double parse_real(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{}) return value;
  return std::strtod(std::string(text).c_str(),
                     nullptr);  // out of range: infinity or (nearly) zero
}

/// The integer that a real is, where it is one that 64 bits hold.
std::optional<std::int64_t> exact_integer(double value) {
  if (!(value >= -kTwoTo63 && value < kTwoTo63) || value != std::trunc(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

int compare_mixed(std::int64_t integer, double real) {
  if (real >= kTwoTo63) return -1;
  if (real < -kTwoTo63) return 1;
  const double whole = std::trunc(real);
  const auto truncated = static_cast<std::int64_t>(whole);
  if (integer != truncated) return integer < truncated ? -1 : 1;
  return whole < real ? -1 : (whole > real ? 1 : 0);
}

}  // namespace

NumberShape number_shape(std::string_view text) {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  const std::size_t whole = at;
  at = skip_digits(text, at);
  if (at == whole || (text[whole] == '0' && at - whole > 1)) return NumberShape::kNone;
  if (at == text.size()) return NumberShape::kInteger;
  if (text[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(text, fraction);
    if (at == fraction) return NumberShape::kNone;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = at;
    at = skip_digits(text, exponent);
    if (at == exponent) return NumberShape::kNone;
  }
  return at == text.size() ? NumberShape::kReal : NumberShape::kNone;
}

JsonNumber parse_json_number(std::string_view text, NumberShape shape) {
  if (shape == NumberShape::kInteger) {
    if (const auto integer = text::parse_int64(text)) return *integer;
  }
  return parse_real(text);
}

int compare_numbers(const JsonNumber& a, const JsonNumber& b) {
  const auto* const a_integer = std::get_if<std::int64_t>(&a);
  const auto* const b_integer = std::get_if<std::int64_t>(&b);
  if (a_integer != nullptr && b_integer != nullptr) return compare_cells(*a_integer, *b_integer);
  if (a_integer != nullptr) return compare_mixed(*a_integer, std::get<double>(b));
  if (b_integer != nullptr) return -compare_mixed(*b_integer, std::get<double>(a));
  return compare_cells(std::get<double>(a), std::get<double>(b));
}

std::uint64_t hash_number(const JsonNumber& number) {
  if (const auto* const integer = std::get_if<std::int64_t>(&number))
    return mix(static_cast<std::uint64_t>(*integer));
  const double real = std::get<double>(number);
  if (const auto integer = exact_integer(real)) return mix(static_cast<std::uint64_t>(*integer));
  return mix(~std::bit_cast<std::uint64_t>(real));
}

}  // namespace quarry
