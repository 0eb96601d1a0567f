// tohex, format_bytes, parse_version: numbers in particular notations.
#include "common/base/text.h"
#include "common/kql/functions/text_arguments_inl.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace quarry::kql::functions {
namespace {

std::string hex(std::uint64_t value, std::int64_t minimum) {
  constexpr std::int64_t kWidest = 16;
  return fmt::format("{:0{}x}", value, minimum < 1 ? 1 : minimum > kWidest ? kWidest : minimum);
}
std::string tohex_int(std::int32_t value) { return hex(static_cast<std::uint32_t>(value), 1); }
std::string tohex_int_wide(std::int32_t value, std::int64_t minimum) {
  return hex(static_cast<std::uint32_t>(value), minimum);
}
std::string tohex_long(std::int64_t value) { return hex(static_cast<std::uint64_t>(value), 1); }
std::string tohex_long_wide(std::int64_t value, std::int64_t minimum) {
  return hex(static_cast<std::uint64_t>(value), minimum);
}

constexpr std::array<std::string_view, 7> kUnits{"Bytes", "KB", "MB", "GB", "TB", "PB", "EB"};

/// 1024 to a step. Trailing zeros of the fraction are not shown.
std::string in_unit(double size, std::int64_t precision, std::size_t unit) {
  constexpr std::int64_t kMostDigits = 15;
  const auto digits = static_cast<int>(precision < 0             ? 0
                                       : precision > kMostDigits ? kMostDigits
                                                                 : precision);
  std::string number =
      fmt::format("{:.{}f}", size / std::pow(1024.0, static_cast<double>(unit)), digits);
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
  }
  return fmt::format("{} {}", number, kUnits[unit]);
}
std::string format_bytes_precise(double size, std::int64_t precision) {
  std::size_t unit = 0;
  for (double rest = std::fabs(size); rest >= 1024 && unit + 1 < kUnits.size(); rest /= 1024)
    ++unit;
  return in_unit(size, precision, unit);
}
std::string format_bytes(double size) { return format_bytes_precise(size, 0); }
std::string format_bytes_unit(double size, std::int64_t precision, std::string_view name) {
  for (std::size_t unit = 0; unit < kUnits.size(); ++unit) {
    if (text::iequals_ascii(kUnits[unit], name)) return in_unit(size, precision, unit);
  }
  return {};
}

/// Up to four parts of up to eight digits, each padded to eight, so that versions compare as
/// numbers.
std::optional<Decimal> parse_version(std::string_view version) {
  constexpr std::size_t kParts = 4;
  constexpr std::size_t kDigits = 8;
  std::string digits;
  std::size_t parts = 0;
  for (const std::string_view part : text::split(version, '.')) {
    if (++parts > kParts || part.empty() || part.size() > kDigits) return std::nullopt;
    for (const char c : part) {
      if (!text::is_ascii_digit(c)) return std::nullopt;
    }
    digits.append(kDigits - part.size(), '0').append(part);
  }
  digits.append((kParts - parts) * kDigits, '0');
  return parse_decimal(digits);
}

constexpr Param kHexParams[]{
    {"value", "An integer."},
    {.name = "minLength", .help = "Zeros are put before until it is so long.", .optional = true}};
constexpr Param kBytesParams[]{
    {"size", "A number of bytes."},
    {.name = "precision", .help = "Digits behind the point; 0 if left out.", .optional = true},
    {.name = "units",
     .help = "Bytes, KB, MB, GB, TB, PB or EB; the fitting one if left out.",
     .optional = true}};
constexpr Param kVersionParams[]{{"version", "Up to four whole numbers with points between them."}};
constexpr FunctionDef kToHex{
    .name = "tohex",
    .summary = "An integer in hexadecimal digits.",
    .params = kHexParams,
    .example = {"print tohex(256)", "100"},
    .overloads = rowwise<tohex_long, tohex_int, tohex_long_wide, tohex_int_wide>};
constexpr FunctionDef kFormatBytes{
    .name = "format_bytes",
    .summary = "A number of bytes in a readable unit.",
    .params = kBytesParams,
    .example = {"print format_bytes(564 * 1024)", "564 KB"},
    .overloads = rowwise<format_bytes, format_bytes_precise, format_bytes_unit>};
constexpr FunctionDef kParseVersion{.name = "parse_version",
                                    .summary = "A version as a number that compares rightly.",
                                    .params = kVersionParams,
                                    .example = {R"(print parse_version("0.0.7.0"))", "700000000"},
                                    .resolve = resolve_any_text<parse_version>};

constexpr const FunctionDef* kScalars[]{&kToHex, &kFormatBytes, &kParseVersion};

}  // namespace

extern constinit const FunctionTable kNotation{"string", kScalars};

}  // namespace quarry::kql::functions
