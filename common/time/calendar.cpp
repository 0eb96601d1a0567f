#include "common/time/calendar.h"

#include "common/base/text.h"

#include <algorithm>
#include <array>
#include <limits>

namespace quarry {
namespace {

constexpr std::array<int, 12> kDaysBeforeMonth = {0,   31,  59,  90,  120, 151,
                                                  181, 212, 243, 273, 304, 334};
constexpr std::array<int, 12> kDaysInMonth = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// No offset of units beyond this can stay inside the range of datetime (3.65 million days).
constexpr std::int64_t kLargestUnitOffset = 10'000'000;

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return quotient - (value % divisor < 0 ? 1 : 0);
}

std::int64_t positive_remainder(std::int64_t value, std::int64_t divisor) {
  const std::int64_t remainder = value % divisor;
  return remainder < 0 ? remainder + divisor : remainder;
}

std::optional<Datetime> in_range(std::int64_t ticks) {
  if (ticks < 0 || ticks > Datetime::kMaxTicks) return std::nullopt;
  return Datetime{ticks};
}

struct Date {
  int year;
  int month;
  int day;
};

// Counts in years that begin on 1 March, so that the leap day ends its year and months follow one
// linear rule (153 days in five months). `days` from 0001-01-01, not negative.
Date date_of(std::int64_t days) {
  constexpr unsigned kDaysPerEra = 146'097;                    // 400 years
  const unsigned shifted = static_cast<unsigned>(days) + 306;  // from 0000-03-01
  const unsigned era = shifted / kDaysPerEra;
  const unsigned day_of_era = shifted % kDaysPerEra;
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const unsigned day_of_march_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned march_month = (5 * day_of_march_year + 2) / 153;
  const unsigned day = day_of_march_year - (153 * march_month + 2) / 5 + 1;
  const unsigned month = march_month < 10 ? march_month + 3 : march_month - 9;
  const unsigned year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);
  return {static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)};
}

Date date_of(Datetime value) { return date_of(value.ticks / kTicksPerDay); }

std::int64_t month_index(const Date& date) { return std::int64_t{date.year} * 12 + date.month - 1; }

// 0001-01-01 was a Monday, so Sundays are the days 6, 13 …; this counts them.
std::int64_t week_index(Datetime value) { return (value.ticks / kTicksPerDay + 1) / 7; }

// Days of the first day of a month counted from year 0; also one month past the last of datetime,
// which ends it.
std::optional<std::int64_t> days_before_month_index(std::int64_t index) {
  const std::int64_t year = floor_divide(index, 12);
  if (year < 1 || year > 10'000) return std::nullopt;
  return days_before(static_cast<int>(year), static_cast<int>(positive_remainder(index, 12)) + 1,
                     1);
}

// First day of the unit that lies `offset` units from the value's own; may lie one unit past the
// range.
std::optional<std::int64_t> first_day(CalendarUnit unit, Datetime value, std::int64_t offset) {
  if (offset > kLargestUnitOffset || offset < -kLargestUnitOffset) return std::nullopt;
  switch (unit) {
    case CalendarUnit::kDay:
      return value.ticks / kTicksPerDay + offset;
    case CalendarUnit::kWeek:
      return (week_index(value) + offset) * 7 - 1;
    case CalendarUnit::kMonth:
      return days_before_month_index(month_index(date_of(value)) + offset);
    case CalendarUnit::kYear:
      return days_before_month_index((date_of(value).year + offset) * 12);
  }
  return std::nullopt;
}

// The instant `ticks` from the start of a day. Days far outside the range would overflow as ticks.
std::optional<Datetime> at_day(std::optional<std::int64_t> day, std::int64_t ticks) {
  constexpr std::int64_t kDayAfterLast = (Datetime::kMaxTicks + 1) / kTicksPerDay;
  if (!day || *day < 0 || *day > kDayAfterLast) return std::nullopt;
  return in_range(*day * kTicksPerDay + ticks);
}

std::optional<Datetime> add_ticks(std::int64_t amount, std::int64_t ticks_per_unit,
                                  Datetime value) {
  std::int64_t ticks = 0;
  if (__builtin_mul_overflow(amount, ticks_per_unit, &ticks)) return std::nullopt;
  if (__builtin_add_overflow(ticks, value.ticks, &ticks)) return std::nullopt;
  return in_range(ticks);
}

std::optional<Datetime> add_months(std::int64_t amount, std::int64_t months_per_unit,
                                   Datetime value) {
  if (amount > kLargestUnitOffset || amount < -kLargestUnitOffset) return std::nullopt;
  const Date date = date_of(value);
  const std::int64_t index = month_index(date) + amount * months_per_unit;
  const std::int64_t year = floor_divide(index, 12);
  if (year < 1 || year > 9999) return std::nullopt;
  const int month = static_cast<int>(positive_remainder(index, 12)) + 1;
  const int day = std::min(date.day, days_in_month(static_cast<int>(year), month));
  return Datetime{days_before(static_cast<int>(year), month, day) * kTicksPerDay +
                  value.ticks % kTicksPerDay};
}

std::int64_t nanoseconds_of(std::int64_t ticks) {
  std::int64_t nanoseconds = 0;
  if (!__builtin_mul_overflow(ticks, std::int64_t{100}, &nanoseconds)) return nanoseconds;
  using Limits = std::numeric_limits<std::int64_t>;
  return ticks < 0 ? Limits::min() : Limits::max();
}

struct PartName {
  std::string_view name;
  DatetimePart part;
};

constexpr PartName kPartNames[] = {
    {"year", DatetimePart::kYear},
    {"quarter", DatetimePart::kQuarter},
    {"month", DatetimePart::kMonth},
    {"week_of_year", DatetimePart::kWeekOfYear},
    {"weekofyear", DatetimePart::kWeekOfYear},
    {"week", DatetimePart::kWeek},
    {"day", DatetimePart::kDay},
    {"dayofyear", DatetimePart::kDayOfYear},
    {"day_of_year", DatetimePart::kDayOfYear},
    {"hour", DatetimePart::kHour},
    {"minute", DatetimePart::kMinute},
    {"second", DatetimePart::kSecond},
    {"millisecond", DatetimePart::kMillisecond},
    {"microsecond", DatetimePart::kMicrosecond},
    {"nanosecond", DatetimePart::kNanosecond},
};

}  // namespace

bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  return kDaysInMonth[static_cast<std::size_t>(month - 1)] +
         (month == 2 && is_leap_year(year) ? 1 : 0);
}

std::int64_t days_before(int year, int month, int day) {
  const int past = year - 1;
  const int leap_day = month > 2 && is_leap_year(year) ? 1 : 0;
  return past * 365 + past / 4 - past / 100 + past / 400 +
         kDaysBeforeMonth[static_cast<std::size_t>(month - 1)] + leap_day + day - 1;
}

CivilTime to_civil(Datetime value) {
  const Date date = date_of(value);
  const std::int64_t of_day = value.ticks % kTicksPerDay;
  const int seconds = static_cast<int>(of_day / kTicksPerSecond);
  return {.year = date.year,
          .month = date.month,
          .day = date.day,
          .hour = seconds / 3600,
          .minute = seconds / 60 % 60,
          .second = seconds % 60,
          .fraction = static_cast<int>(of_day % kTicksPerSecond)};
}

std::optional<Datetime> from_civil(const CivilTime& civil) {
  const auto outside = [](int value, int lowest, int highest) {
    return value < lowest || value > highest;
  };
  if (outside(civil.year, 1, 9999) || outside(civil.month, 1, 12)) return std::nullopt;
  if (outside(civil.day, 1, days_in_month(civil.year, civil.month))) return std::nullopt;
  if (outside(civil.hour, 0, 23) || outside(civil.minute, 0, 59) || outside(civil.second, 0, 59))
    return std::nullopt;
  if (outside(civil.fraction, 0, static_cast<int>(kTicksPerSecond) - 1)) return std::nullopt;
  const std::int64_t seconds = (civil.hour * 60 + civil.minute) * 60 + civil.second;
  return Datetime{days_before(civil.year, civil.month, civil.day) * kTicksPerDay +
                  seconds * kTicksPerSecond + civil.fraction};
}

int day_of_year(Datetime value) {
  const std::int64_t days = value.ticks / kTicksPerDay;
  return static_cast<int>(days - days_before(date_of(value).year, 1, 1)) + 1;
}

int day_of_week(Datetime value) { return static_cast<int>((value.ticks / kTicksPerDay + 1) % 7); }

int iso_week_of_year(Datetime value) {
  // ISO 8601: a week belongs to the year that its Thursday lies in.
  const std::int64_t days = value.ticks / kTicksPerDay;
  const std::int64_t thursday = days - days % 7 + 3;
  return static_cast<int>((thursday - days_before(date_of(thursday).year, 1, 1)) / 7) + 1;
}

std::optional<Datetime> start_of(CalendarUnit unit, Datetime value, std::int64_t offset) {
  return at_day(first_day(unit, value, offset), 0);
}

std::optional<Datetime> end_of(CalendarUnit unit, Datetime value, std::int64_t offset) {
  if (offset >= kLargestUnitOffset) return std::nullopt;
  return at_day(first_day(unit, value, offset + 1), -1);
}

std::optional<DatetimePart> parse_datetime_part(std::string_view name) {
  for (const PartName& known : kPartNames) {
    if (text::iequals_ascii(name, known.name)) return known.part;
  }
  return std::nullopt;
}

std::int64_t part_of(DatetimePart part, Datetime value) {
  const std::int64_t fraction = value.ticks % kTicksPerSecond;
  switch (part) {
    case DatetimePart::kYear:
      return date_of(value).year;
    case DatetimePart::kQuarter:
      return (date_of(value).month + 2) / 3;
    case DatetimePart::kMonth:
      return date_of(value).month;
    case DatetimePart::kWeekOfYear:
    case DatetimePart::kWeek:
      return iso_week_of_year(value);
    case DatetimePart::kDay:
      return date_of(value).day;
    case DatetimePart::kDayOfYear:
      return day_of_year(value);
    case DatetimePart::kHour:
      return value.ticks / kTicksPerHour % 24;
    case DatetimePart::kMinute:
      return value.ticks / kTicksPerMinute % 60;
    case DatetimePart::kSecond:
      return value.ticks / kTicksPerSecond % 60;
    case DatetimePart::kMillisecond:
      return fraction / kTicksPerMillisecond;
    case DatetimePart::kMicrosecond:
      return fraction / kTicksPerMicrosecond;
    case DatetimePart::kNanosecond:
      return fraction * 100;
  }
  return 0;
}

std::int64_t difference(DatetimePart part, Datetime a, Datetime b) {
  const auto boundaries = [&](std::int64_t size) { return a.ticks / size - b.ticks / size; };
  const auto months = [&](std::int64_t size) {
    return month_index(date_of(a)) / size - month_index(date_of(b)) / size;
  };
  switch (part) {
    case DatetimePart::kYear:
      return months(12);
    case DatetimePart::kQuarter:
      return months(3);
    case DatetimePart::kMonth:
      return months(1);
    case DatetimePart::kWeekOfYear:
    case DatetimePart::kWeek:
      return week_index(a) - week_index(b);
    case DatetimePart::kDay:
    case DatetimePart::kDayOfYear:
      return boundaries(kTicksPerDay);
    case DatetimePart::kHour:
      return boundaries(kTicksPerHour);
    case DatetimePart::kMinute:
      return boundaries(kTicksPerMinute);
    case DatetimePart::kSecond:
      return boundaries(kTicksPerSecond);
    case DatetimePart::kMillisecond:
      return boundaries(kTicksPerMillisecond);
    case DatetimePart::kMicrosecond:
      return boundaries(kTicksPerMicrosecond);
    case DatetimePart::kNanosecond:
      return nanoseconds_of(a.ticks - b.ticks);
  }
  return 0;
}

std::optional<Datetime> add(DatetimePart part, std::int64_t amount, Datetime value) {
  switch (part) {
    case DatetimePart::kYear:
      return add_months(amount, 12, value);
    case DatetimePart::kQuarter:
      return add_months(amount, 3, value);
    case DatetimePart::kMonth:
      return add_months(amount, 1, value);
    case DatetimePart::kWeekOfYear:
    case DatetimePart::kWeek:
      return add_ticks(amount, 7 * kTicksPerDay, value);
    case DatetimePart::kDay:
    case DatetimePart::kDayOfYear:
      return add_ticks(amount, kTicksPerDay, value);
    case DatetimePart::kHour:
      return add_ticks(amount, kTicksPerHour, value);
    case DatetimePart::kMinute:
      return add_ticks(amount, kTicksPerMinute, value);
    case DatetimePart::kSecond:
      return add_ticks(amount, kTicksPerSecond, value);
    case DatetimePart::kMillisecond:
      return add_ticks(amount, kTicksPerMillisecond, value);
    case DatetimePart::kMicrosecond:
      return add_ticks(amount, kTicksPerMicrosecond, value);
    case DatetimePart::kNanosecond:
      return add_ticks(amount / 100, 1, value);
  }
  return std::nullopt;
}

std::optional<std::int64_t> bin_ticks(std::int64_t value, std::int64_t size, std::int64_t anchor) {
  if (size <= 0) return std::nullopt;
  // Taking remainders before the difference keeps every step inside 64 bits.
  const std::int64_t apart = positive_remainder(value, size) - positive_remainder(anchor, size);
  std::int64_t result = 0;
  if (__builtin_sub_overflow(value, apart < 0 ? apart + size : apart, &result)) return std::nullopt;
  return result;
}

}  // namespace quarry
