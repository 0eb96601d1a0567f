#include "common/time/format.h"

#include "common/time/calendar.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace quarry {
namespace {

constexpr std::array<char, 200> make_digit_pairs() {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}
constexpr std::array<char, 200> kDigitPairs = make_digit_pairs();

void write_pair(char* at, unsigned value) {
  at[0] = kDigitPairs[2 * value];
  at[1] = kDigitPairs[2 * value + 1];
}

void write_fraction(char* at, unsigned ticks) {
  write_pair(at, ticks / 100'000);
  write_pair(at + 2, ticks / 1'000 % 100);
  write_pair(at + 4, ticks / 10 % 100);
  at[6] = static_cast<char>('0' + ticks % 10);
}

void append_padded(std::string& out, std::uint64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

/// What the tokens of a format are filled from.
struct Parts {
  std::uint64_t days;  // of a timespan
  CivilTime time;
};

// "f…": the first digits of the fraction. "F…": the same without trailing zeros; a point that
// nothing follows goes too (.NET).
void append_fraction(std::string& out, int fraction, std::size_t width, bool trim_zeros) {
  char digits[7];
  write_fraction(digits, static_cast<unsigned>(fraction));
  std::string_view shown(digits, width);
  if (trim_zeros) shown = shown.substr(0, shown.find_last_not_of('0') + 1);
  if (shown.empty() && !out.empty() && out.back() == '.') out.pop_back();
  out += shown;
}

bool is_delimiter(char c) {
  return std::string_view(" /-:,._[]").find(c) != std::string_view::npos;
}

bool append_clock_token(std::string& out, const CivilTime& time, char letter, std::size_t width) {
  if (letter == 'f' || letter == 'F') {
    if (width > 7) return false;
    append_fraction(out, time.fraction, width, letter == 'F');
    return true;
  }
  if (width > 2) return false;
  switch (letter) {
    case 'H':
      append_padded(out, static_cast<std::uint64_t>(time.hour), width);
      return true;
    case 'm':
      append_padded(out, static_cast<std::uint64_t>(time.minute), width);
      return true;
    case 's':
      append_padded(out, static_cast<std::uint64_t>(time.second), width);
      return true;
    default:
      return false;
  }
}

bool append_datetime_token(std::string& out, const Parts& parts, char letter, std::size_t width) {
  const CivilTime& time = parts.time;
  switch (letter) {
    case 'y':
      if (width == 3 || width > 4) return false;
      append_padded(out, static_cast<std::uint64_t>(width == 4 ? time.year : time.year % 100),
                    width);
      return true;
    case 'M':
    case 'd':
      if (width > 2) return false;
      append_padded(out, static_cast<std::uint64_t>(letter == 'M' ? time.month : time.day), width);
      return true;
    case 'h':
      if (width > 2) return false;
      append_padded(out, static_cast<std::uint64_t>((time.hour + 11) % 12 + 1), width);
      return true;
    case 't':
      if (width != 2) return false;
      out += time.hour < 12 ? "AM" : "PM";
      return true;
    default:
      return append_clock_token(out, time, letter, width);
  }
}

bool append_timespan_token(std::string& out, const Parts& parts, char letter, std::size_t width) {
  if (letter == 'd') {
    if (width > 8) return false;
    append_padded(out, parts.days, width);
    return true;
  }
  return append_clock_token(out, parts.time, letter == 'h' ? 'H' : letter, width);
}

// A token is a run of one letter; between tokens stand delimiters.
template <class AppendToken>
bool format_by_tokens(const Parts& parts, std::string_view format, std::string& out,
                      AppendToken append_token) {
  const std::size_t before = out.size();
  while (!format.empty()) {
    const char letter = format[0];
    const std::size_t width = std::min(format.find_first_not_of(letter), format.size());
    if (is_delimiter(letter)) {
      out.append(width, letter);
    } else if (!append_token(out, parts, letter, width)) {
      out.resize(before);
      return false;
    }
    format.remove_prefix(width);
  }
  return true;
}

// Not `-ticks`: the smallest value has no positive counterpart in 64 bits.
std::uint64_t magnitude(Timespan value) {
  const auto bits = static_cast<std::uint64_t>(value.ticks);
  return value.ticks < 0 ? 0 - bits : bits;
}

Parts parts_of(Timespan value) {
  const std::uint64_t ticks = magnitude(value);
  const auto of_day = static_cast<std::int64_t>(ticks % kTicksPerDay);
  const int seconds = static_cast<int>(of_day / kTicksPerSecond);
  return {.days = ticks / kTicksPerDay,
          .time = {.hour = seconds / 3600,
                   .minute = seconds / 60 % 60,
                   .second = seconds % 60,
                   .fraction = static_cast<int>(of_day % kTicksPerSecond)}};
}

void write_clock(char* at, const CivilTime& time) {
  write_pair(at, static_cast<unsigned>(time.hour));
  at[2] = ':';
  write_pair(at + 3, static_cast<unsigned>(time.minute));
  at[5] = ':';
  write_pair(at + 6, static_cast<unsigned>(time.second));
}

}  // namespace

void append_datetime(std::string& out, Datetime value) {
  const CivilTime time = to_civil(value);
  char text[28];
  write_pair(text, static_cast<unsigned>(time.year / 100));
  write_pair(text + 2, static_cast<unsigned>(time.year % 100));
  text[4] = '-';
  write_pair(text + 5, static_cast<unsigned>(time.month));
  text[7] = '-';
  write_pair(text + 8, static_cast<unsigned>(time.day));
  text[10] = 'T';
  write_clock(text + 11, time);
  text[19] = '.';
  write_fraction(text + 20, static_cast<unsigned>(time.fraction));
  text[27] = 'Z';
  out.append(text, sizeof text);
}

void append_timespan(std::string& out, Timespan value) {
  const Parts parts = parts_of(value);
  if (value.ticks < 0) out.push_back('-');
  if (parts.days != 0) {
    append_padded(out, parts.days, 1);
    out.push_back('.');
  }
  char text[16];
  write_clock(text, parts.time);
  text[8] = '.';
  write_fraction(text + 9, static_cast<unsigned>(parts.time.fraction));
  out.append(text, parts.time.fraction == 0 ? 8 : sizeof text);
}

std::string to_string(Datetime value) {
  std::string out;
  append_datetime(out, value);
  return out;
}

std::string to_string(Timespan value) {
  std::string out;
  append_timespan(out, value);
  return out;
}

bool format_datetime(Datetime value, std::string_view format, std::string& out) {
  return format_by_tokens({.days = 0, .time = to_civil(value)}, format, out, append_datetime_token);
}

bool format_timespan(Timespan value, std::string_view format, std::string& out) {
  return format_by_tokens(parts_of(value), format, out, append_timespan_token);
}

}  // namespace quarry
