#include "common/base/text.h"
#include "common/time/parse.h"

#include <algorithm>

namespace quarry {
namespace {

__extension__ using Wide = unsigned __int128;

struct Unit {
  std::string_view name;
  std::int64_t ticks;
  std::int64_t divisor = 1;  // a nanosecond is a hundredth of a tick
};

// Kusto's grammar for timespan literals.
constexpr Unit kUnits[] = {
    {"d", kTicksPerDay},
    {"day", kTicksPerDay},
    {"days", kTicksPerDay},
    {"h", kTicksPerHour},
    {"hr", kTicksPerHour},
    {"hrs", kTicksPerHour},
    {"hour", kTicksPerHour},
    {"hours", kTicksPerHour},
    {"m", kTicksPerMinute},
    {"min", kTicksPerMinute},
    {"minute", kTicksPerMinute},
    {"minutes", kTicksPerMinute},
    {"s", kTicksPerSecond},
    {"sec", kTicksPerSecond},
    {"second", kTicksPerSecond},
    {"seconds", kTicksPerSecond},
    {"ms", kTicksPerMillisecond},
    {"milli", kTicksPerMillisecond},
    {"millis", kTicksPerMillisecond},
    {"millisec", kTicksPerMillisecond},
    {"millisecond", kTicksPerMillisecond},
    {"milliseconds", kTicksPerMillisecond},
    {"micro", kTicksPerMicrosecond},
    {"micros", kTicksPerMicrosecond},
    {"microsec", kTicksPerMicrosecond},
    {"microsecond", kTicksPerMicrosecond},
    {"microseconds", kTicksPerMicrosecond},
    {"nano", 1, 100},
    {"nanos", 1, 100},
    {"nanosec", 1, 100},
    {"nanosecond", 1, 100},
    {"nanoseconds", 1, 100},
    {"tick", 1},
    {"ticks", 1},
};

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

/// Leading digits of the text, taken off it.
struct Digits {
  static constexpr std::size_t kMost = 19;  // as many fit 64 bits; more are past every range here

  std::uint64_t value = 0;
  std::size_t count = 0;

  bool usable() const { return count > 0 && count <= kMost; }
};

Digits take_digits(std::string_view& text) {
  Digits digits;
  while (!text.empty() && text::is_ascii_digit(text.front())) {
    digits.value = digits.value * 10 + static_cast<std::uint64_t>(text.front() - '0');
    ++digits.count;
    text.remove_prefix(1);
  }
  return digits;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Timespan> signed_ticks(Wide magnitude, bool negative) {
  const Wide limit = Wide{1} << 63;
  if (magnitude > limit || (magnitude == limit && !negative)) return std::nullopt;
  const auto bits = static_cast<std::uint64_t>(magnitude);
  return Timespan{static_cast<std::int64_t>(negative ? 0 - bits : bits)};
}

// Digits after a point, as ticks of a second: at most 7 count, the rest is finer than a tick.
std::optional<std::int64_t> take_second_fraction(std::string_view& text) {
  std::int64_t ticks = 0;
  std::int64_t scale = kTicksPerSecond / 10;
  if (text.empty() || !text::is_ascii_digit(text.front())) return std::nullopt;
  while (!text.empty() && text::is_ascii_digit(text.front())) {
    ticks += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
  return ticks;
}

// 1 or 2 digits up to `highest`.
std::optional<std::int64_t> take_clock_part(std::string_view& text, std::uint64_t highest) {
  const Digits digits = take_digits(text);
  if (digits.count == 0 || digits.count > 2 || digits.value > highest) return std::nullopt;
  return static_cast<std::int64_t>(digits.value);
}

// hh:mm[:ss[.fffffff]], all of the text.
std::optional<std::int64_t> parse_clock(std::string_view text) {
  const auto hours = take_clock_part(text, 23);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_clock_part(text, 59);
  if (!minutes) return std::nullopt;
  std::int64_t ticks = *hours * kTicksPerHour + *minutes * kTicksPerMinute;
  if (take(text, ':')) {
    const auto seconds = take_clock_part(text, 59);
    if (!seconds) return std::nullopt;
    ticks += *seconds * kTicksPerSecond;
    if (take(text, '.')) {
      const auto fraction = take_second_fraction(text);
      if (!fraction) return std::nullopt;
      ticks += *fraction;
    }
  }
  if (!text.empty()) return std::nullopt;
  return ticks;
}

// [d.]hh:mm[:ss[.fffffff]] or d, without sign.
std::optional<Wide> parse_days_and_clock(std::string_view text) {
  std::string_view rest = text;
  const Digits days = take_digits(rest);
  if (!days.usable()) return std::nullopt;
  if (rest.empty()) return Wide{days.value} * kTicksPerDay;
  const bool has_days = take(rest, '.');
  const auto clock = parse_clock(has_days ? rest : text);
  if (!clock) return std::nullopt;
  return (has_days ? Wide{days.value} * kTicksPerDay : 0) + static_cast<Wide>(*clock);
}

std::optional<Wide> parse_number_and_unit(std::string_view text) {
  constexpr std::size_t kFractionDigits = 18;  // more cannot reach a tick
  const Digits whole = take_digits(text);
  if (!whole.usable()) return std::nullopt;
  Digits fraction;
  if (take(text, '.')) {
    const std::string_view before = text;
    if (take_digits(text).count == 0) return std::nullopt;
    std::string_view counted =
        before.substr(0, std::min(kFractionDigits, before.size() - text.size()));
    fraction = take_digits(counted);
  }
  const Unit* const unit = find_unit(text::trim_ascii(text));
  if (unit == nullptr) return std::nullopt;
  Wide scale = 1;
  for (std::size_t i = 0; i < fraction.count; ++i) scale *= 10;
  const Wide of_whole = Wide{whole.value} * static_cast<Wide>(unit->ticks);
  const Wide of_fraction = Wide{fraction.value} * static_cast<Wide>(unit->ticks) / scale;
  return (of_whole + of_fraction) / static_cast<Wide>(unit->divisor);
}

}  // namespace

std::optional<std::int64_t> timespan_unit_ticks(std::string_view unit) {
  const Unit* const known = find_unit(unit);
  if (known == nullptr || known->divisor != 1) return std::nullopt;
  return known->ticks;
}

std::optional<Timespan> parse_timespan_literal(std::string_view text) {
  const auto magnitude = parse_number_and_unit(text);
  return magnitude ? signed_ticks(*magnitude, false) : std::nullopt;
}

std::optional<Timespan> parse_timespan(std::string_view text) {
  std::string_view rest = text::trim_ascii(text);
  const bool negative = take(rest, '-');
  auto magnitude = parse_days_and_clock(rest);
  if (!magnitude) magnitude = parse_number_and_unit(rest);
  return magnitude ? signed_ticks(*magnitude, negative) : std::nullopt;
}

}  // namespace quarry
