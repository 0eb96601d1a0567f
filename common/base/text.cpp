#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace quarry::text {
namespace {

// std::from_chars takes no leading '+', people do write it.
std::string_view without_plus(std::string_view text) {
  const bool has_plus = text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+';
  return has_plus ? text.substr(1) : text;
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return value;
}

std::optional<double> parse_real_word(std::string_view word, bool negative) {
  double value = 0;
  if (iequals_ascii(word, "nan")) {
    value = std::numeric_limits<double>::quiet_NaN();
  } else if (iequals_ascii(word, "inf") || iequals_ascii(word, "infinity")) {
    value = std::numeric_limits<double>::infinity();
  } else {
    return std::nullopt;
  }
  return negative ? -value : value;
}

// Powers of 1024 by unit letter; nullopt where the unit is none.
std::optional<int> size_unit_power(std::string_view unit) {
  const std::string lower = lower_ascii(unit);
  if (lower.empty() || lower == "b") return 0;
  const std::size_t power = std::string_view("kmgtp").find(lower[0]);
  if (power == std::string_view::npos) return std::nullopt;
  const std::string_view rest = std::string_view(lower).substr(1);
  if (!rest.empty() && rest != "b" && rest != "ib") return std::nullopt;
  return static_cast<int>(power) + 1;
}

}  // namespace

bool iequals_ascii(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ascii_lower);
  return lower;
}

std::string_view trim_ascii(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::optional<std::int64_t> parse_int64(std::string_view text) {
  return parse_whole<std::int64_t>(without_plus(text));
}

std::optional<double> parse_double(std::string_view text) {
  const std::string_view number = without_plus(text);
  const bool negative = !number.empty() && number[0] == '-';
  const std::string_view magnitude = number.substr(negative ? 1 : 0);
  if (magnitude.empty()) return std::nullopt;
  if (is_ascii_alpha(magnitude[0])) return parse_real_word(magnitude, negative);
  return parse_whole<double>(number);
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const std::string_view trimmed = trim_ascii(text);
  const std::size_t number_end = std::min(trimmed.find_first_not_of("0123456789."), trimmed.size());
  const std::string_view number = trimmed.substr(0, number_end);
  const std::optional<int> power = size_unit_power(trim_ascii(trimmed.substr(number_end)));
  if (!power || number.empty() || number[0] == '.') return std::nullopt;

  const int shift = *power * 10;
  if (number.find('.') == std::string_view::npos) {
    const std::optional<std::uint64_t> whole = parse_whole<std::uint64_t>(number);
    if (!whole || *whole > (std::numeric_limits<std::uint64_t>::max() >> shift))
      return std::nullopt;
    return *whole << shift;
  }
  const std::optional<double> real = parse_double(number);
  const double bytes = real ? std::ldexp(*real, shift) : 0;
  if (!real || bytes >= 0x1p64) return std::nullopt;
  return static_cast<std::uint64_t>(bytes);
}

void append_real(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-Infinity" : "Infinity";
    return;
  }
  // Plain digits where people expect them; beyond, digits that only fill up to the point would
  // pretend precision.
  const double magnitude = std::fabs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
  char buffer[32];
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, value,
                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  const std::string_view digits(buffer, static_cast<std::size_t>(written.ptr - buffer));
  out += digits;
  if (digits.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void append_int(std::string& out, std::int64_t value) {
  const fmt::format_int digits(value);
  out.append(digits.data(), digits.size());
}

std::string with_thousands(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string human_bytes(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  constexpr const char* kUnits[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double scaled = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // 999.95 would be printed as 1000.0, which is 1.0 of the next unit.
  while (scaled >= 999.95 && unit + 1 < std::size(kUnits)) {
    scaled /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", scaled, kUnits[unit]);
}

}  // namespace quarry::text
