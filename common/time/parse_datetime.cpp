// Datetime in the forms that people and programs write ("Kusto: scalar-data-types/datetime"), one
// left-to-right pass:
//
//   [weekday[,]] date [T | blanks time] [zone]
//   date   2014-11-08  2014/11/8  2014-11  2014 | 11/8/2014  11/8/2014, (time)  11-08-2014 (month
//   first) | 8 Nov 14  08-Nov-2014 | Nov 8, 2014 time   15:05  15:05:02  15:05:02.1234567  3:05:02
//   PM zone   Z  GMT  UTC  +01:00  +0100  +01
#include "common/base/text.h"
#include "common/time/calendar.h"
#include "common/time/parse.h"

#include <array>

namespace quarry {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

/// The rest of the text, taken off from its front.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool at_digit() const { return text::is_ascii_digit(peek()); }

  bool take(char c) {
    if (peek() != c || at_end()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool skip_blanks() {
    const std::size_t before = rest_.size();
    while (!at_end() && text::is_ascii_space(peek())) rest_.remove_prefix(1);
    return rest_.size() != before;
  }

  struct Number {
    int value;
    std::size_t digits;
  };
  /// 1 … 4 digits.
  std::optional<Number> number() {
    Number number{0, 0};
    while (at_digit() && number.digits < 5) {
      number.value = number.value * 10 + (peek() - '0');
      ++number.digits;
      rest_.remove_prefix(1);
    }
    if (number.digits == 0 || number.digits > 4) return std::nullopt;
    return number;
  }

  std::string_view word() {
    std::size_t length = 0;
    while (length < rest_.size() && text::is_ascii_alpha(rest_[length])) ++length;
    const std::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }

  /// One of -/ with blanks around it ("2017 - 08 - 01"); '\0' and nothing taken where there is
  /// none.
  char date_separator() {
    const Cursor before = *this;
    skip_blanks();
    const char separator = peek();
    if (separator != '-' && separator != '/') {
      *this = before;
      return '\0';
    }
    rest_.remove_prefix(1);
    skip_blanks();
    return separator;
  }

 private:
  std::string_view rest_;
};

// The 1-based position of a name, written out or as its first three letters; 0 where it is none.
template <std::size_t size>
int position_of(const std::array<std::string_view, size>& names, std::string_view word) {
  for (std::size_t i = 0; i < size; ++i) {
    if (text::iequals_ascii(word, names[i]) || text::iequals_ascii(word, names[i].substr(0, 3))) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

// Two digits mean 1950 … 2049, as in .NET.
int full_year(Cursor::Number year) {
  if (year.digits > 2) return year.value;
  return year.value + (year.value < 50 ? 2000 : 1900);
}

bool set_date(CivilTime& civil, int year, int month, int day) {
  civil.year = year;
  civil.month = month;
  civil.day = day;
  return true;
}

// After "2014": "-11-08", "/11/8", "-11" or nothing.
bool parse_year_first(Cursor& cursor, int year, CivilTime& civil) {
  const char separator = cursor.date_separator();
  if (separator == '\0') return cursor.at_end() && set_date(civil, year, 1, 1);
  const auto month = cursor.number();
  if (!month || month->digits > 2) return false;
  if (cursor.at_end()) return set_date(civil, year, month->value, 1);
  if (cursor.date_separator() != separator) return false;
  const auto day = cursor.number();
  return day && day->digits <= 2 && set_date(civil, year, month->value, day->value);
}

// After "11/": "8/2014".
bool parse_month_first(Cursor& cursor, int month, char separator, CivilTime& civil) {
  const auto day = cursor.number();
  if (!day || day->digits > 2 || cursor.date_separator() != separator) return false;
  const auto year = cursor.number();
  return year && year->digits % 2 == 0 && set_date(civil, full_year(*year), month, day->value);
}

// After "8 " or "08-": "Nov 14", "Nov-2014".
bool parse_month_name_and_year(Cursor& cursor, int day, CivilTime& civil) {
  const int month = position_of(kMonths, cursor.word());
  if (month == 0) return false;
  if (cursor.date_separator() == '\0' && !cursor.skip_blanks()) return false;
  const auto year = cursor.number();
  return year && year->digits % 2 == 0 && set_date(civil, full_year(*year), month, day);
}

// After "Nov": " 8, 2014".
bool parse_day_and_year(Cursor& cursor, int month, CivilTime& civil) {
  cursor.skip_blanks();
  const auto day = cursor.number();
  if (!day || day->digits > 2) return false;
  const bool comma = cursor.take(',');
  if (!cursor.skip_blanks() && !comma) return false;
  const auto year = cursor.number();
  return year && year->digits == 4 && set_date(civil, year->value, month, day->value);
}

bool parse_date(Cursor& cursor, CivilTime& civil) {
  if (!cursor.at_digit()) {
    std::string_view word = cursor.word();
    if (position_of(kWeekdays, word) != 0) {
      cursor.take(',');
      cursor.skip_blanks();
      if (!cursor.at_digit()) word = cursor.word();
    }
    if (!cursor.at_digit()) {
      const int month = position_of(kMonths, word);
      return month != 0 && parse_day_and_year(cursor, month, civil);
    }
  }
  const auto first = cursor.number();
  if (!first) return false;
  if (first->digits == 4) return parse_year_first(cursor, first->value, civil);
  if (first->digits == 3) return false;
  const char separator = cursor.date_separator();
  if (separator == '\0' && !cursor.skip_blanks()) return false;
  if (!cursor.at_digit()) return parse_month_name_and_year(cursor, first->value, civil);
  return separator != '\0' && parse_month_first(cursor, first->value, separator, civil);
}

// Ticks after the point; what is finer than a tick is cut off.
bool parse_fraction(Cursor& cursor, CivilTime& civil) {
  if (!cursor.at_digit()) return false;
  for (int scale = static_cast<int>(kTicksPerSecond) / 10; cursor.at_digit(); scale /= 10) {
    civil.fraction += (cursor.peek() - '0') * scale;
    cursor.take(cursor.peek());
  }
  return true;
}

// AM or PM where it stands; 12 AM is midnight.
bool parse_half_of_day(Cursor& cursor, CivilTime& civil) {
  Cursor ahead = cursor;
  ahead.skip_blanks();
  const std::string_view word = ahead.word();
  const bool afternoon = text::iequals_ascii(word, "pm");
  if (!afternoon && !text::iequals_ascii(word, "am")) return true;
  if (civil.hour < 1 || civil.hour > 12) return false;
  civil.hour = civil.hour % 12 + (afternoon ? 12 : 0);
  cursor = ahead;
  return true;
}

bool parse_time(Cursor& cursor, CivilTime& civil) {
  const auto hour = cursor.number();
  if (!hour || hour->digits > 2 || !cursor.take(':')) return false;
  const auto minute = cursor.number();
  if (!minute || minute->digits > 2) return false;
  civil.hour = hour->value;
  civil.minute = minute->value;
  if (cursor.take(':')) {
    const auto second = cursor.number();
    if (!second || second->digits > 2) return false;
    civil.second = second->value;
    if (cursor.take('.') && !parse_fraction(cursor, civil)) return false;
  }
  return parse_half_of_day(cursor, civil);
}

// Minutes east of Greenwich after the sign: "01:00", "0100", "01".
std::optional<int> parse_offset_minutes(Cursor& cursor) {
  const auto first = cursor.number();
  if (!first || first->digits % 2 != 0) return std::nullopt;
  int hours = first->value;
  int minutes = 0;
  if (first->digits == 4) {
    hours = first->value / 100;
    minutes = first->value % 100;
  } else if (cursor.take(':')) {
    const auto second = cursor.number();
    if (!second || second->digits != 2) return std::nullopt;
    minutes = second->value;
  }
  if (hours > 14 || minutes > 59) return std::nullopt;
  return hours * 60 + minutes;
}

// The zone as minutes east of Greenwich, 0 where there is none.
std::optional<int> parse_zone(Cursor& cursor) {
  cursor.skip_blanks();
  if (cursor.at_end()) return 0;
  if (cursor.take('+')) return parse_offset_minutes(cursor);
  if (cursor.take('-')) {
    const auto minutes = parse_offset_minutes(cursor);
    return minutes ? std::optional(-*minutes) : std::nullopt;
  }
  const std::string_view name = cursor.word();
  for (const std::string_view known : {"Z", "GMT", "UTC"}) {
    if (text::iequals_ascii(name, known)) return 0;
  }
  return std::nullopt;
}

std::optional<Datetime> at_greenwich(const CivilTime& civil, int zone_minutes) {
  const std::optional<Datetime> local = from_civil(civil);
  if (!local) return std::nullopt;
  const std::int64_t ticks = local->ticks - zone_minutes * kTicksPerMinute;
  if (ticks < 0 || ticks > Datetime::kMaxTicks) return std::nullopt;
  return Datetime{ticks};
}

}  // namespace

std::optional<Datetime> parse_datetime(std::string_view text) {
  if (const auto iso = parse_iso_datetime(text)) return iso;
  Cursor cursor(text::trim_ascii(text));
  CivilTime civil;
  if (!parse_date(cursor, civil)) return std::nullopt;
  if (cursor.at_end()) return from_civil(civil);

  const bool after_t = cursor.take('T') || cursor.take('t');
  if (!after_t) cursor.take(',');  // 6/3/2026, 1:00:00.123 PM: the portal's exports
  const bool has_time = after_t || (cursor.skip_blanks() && cursor.at_digit());
  if (has_time && !parse_time(cursor, civil)) return std::nullopt;
  // "2014-11-08Z" is a date with its zone, "2014-11-08-01" is nothing anyone means.
  if (!has_time && (cursor.peek() == '-' || cursor.peek() == '+')) return std::nullopt;
  const std::optional<int> zone = parse_zone(cursor);
  if (!zone || !cursor.at_end()) return std::nullopt;
  return at_greenwich(civil, *zone);
}

}  // namespace quarry
