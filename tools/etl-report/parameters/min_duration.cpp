#include "tools/etl-report/parameters/min_duration.h"

#include "common/base/text.h"
#include "common/time/parse.h"

#include <algorithm>
#include <array>
#include <string>

namespace quarry::etl_report {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t ticks;
  std::size_t decimals;  // finer ones would be less than a tick
};
constexpr std::array<Unit, 3> kUnits{{{"sec", kTicksPerSecond, 7},
                                      {"ms", kTicksPerMillisecond, 4},
                                      {"us", kTicksPerMicrosecond, 1}}};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), text::is_ascii_digit);
}

/// "12.5" of a unit, exact.
std::optional<std::int64_t> scaled(std::string_view number, const Unit& unit) {
  const std::size_t dot = number.find('.');
  const std::string_view whole = number.substr(0, dot);
  std::string fraction;
  if (dot != std::string_view::npos) {
    fraction = number.substr(dot + 1);
    if (!all_digits(fraction) || fraction.size() > unit.decimals) return std::nullopt;
  }
  if (!all_digits(whole)) return std::nullopt;
  fraction.resize(unit.decimals, '0');
  // A unit is 10 to the power of its decimals in ticks: its digits, written together, are ticks.
  return text::parse_int64(std::string(whole) + fraction);
}

}  // namespace

bool is_bare_number(std::string_view text) { return all_digits(text); }

std::optional<std::int64_t> parse_min_duration(std::string_view text) {
  for (const Unit& unit : kUnits) {
    if (!text.ends_with(unit.name)) continue;
    const std::string_view number = text.substr(0, text.size() - unit.name.size());
    // "5millisec" ends like "5sec" and is none.
    const bool ends_in_digit = !number.empty() && text::is_ascii_digit(number.back());
    if (ends_in_digit) return scaled(number, unit);
  }
  const auto span = parse_timespan(text);
  return span && span->ticks >= 0 ? std::optional(span->ticks) : std::nullopt;
}

}  // namespace quarry::etl_report
