// Civil calendar arithmetic on ticks (proleptic Gregorian, UTC).
#pragma once

#include "common/time/ticks.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry {

struct CivilTime {
  int year = 1;   // 1 … 9999
  int month = 1;  // 1 … 12
  int day = 1;    // 1 … 31
  int hour = 0;
  int minute = 0;
  int second = 0;
  int fraction = 0;  // 100 ns ticks, 0 … 9,999,999
};

CivilTime to_civil(Datetime value);
/// nullopt where a part is out of its range or the instant is outside 0001 … 9999.
std::optional<Datetime> from_civil(const CivilTime& civil);
bool is_leap_year(int year);
int days_in_month(int year, int month);
/// Days from 0001-01-01 to a valid date.
std::int64_t days_before(int year, int month, int day);
int day_of_year(Datetime value);       // from 1
int day_of_week(Datetime value);       // 0 = Sunday … 6 = Saturday
int iso_week_of_year(Datetime value);  // ISO 8601

/// startof…/endof…: `offset` units away. nullopt outside the range of datetime. Weeks begin on
/// Sunday (Kusto).
enum class CalendarUnit : std::uint8_t { kDay, kWeek, kMonth, kYear };
std::optional<Datetime> start_of(CalendarUnit unit, Datetime value, std::int64_t offset);
std::optional<Datetime> end_of(CalendarUnit unit, Datetime value, std::int64_t offset);

/// Parts of datetime_part(), datetime_diff() and datetime_add(), singular names as KQL spells them
/// (week_of_year, dayOfYear with or without '_'), case ignored.
enum class DatetimePart : std::uint8_t {
  kYear,
  kQuarter,
  kMonth,
  kWeekOfYear,
  kWeek,
  kDay,
  kDayOfYear,
  kHour,
  kMinute,
  kSecond,
  kMillisecond,
  kMicrosecond,
  kNanosecond
};
std::optional<DatetimePart> parse_datetime_part(std::string_view name);
std::int64_t part_of(DatetimePart part, Datetime value);
/// Boundaries crossed, as datetime_diff(part, a, b) counts them (Kusto: a - b). Weeks begin on
/// Sunday. Nanoseconds that do not fit 64 bits (292 years apart) give the nearest that does.
std::int64_t difference(DatetimePart part, Datetime a, Datetime b);
/// datetime_add(): months and years keep the day where the month has it, else take its last.
/// nullopt outside the range of datetime.
std::optional<Datetime> add(DatetimePart part, std::int64_t amount, Datetime value);

/// value rounded down to a multiple of `size` counted from `anchor` ticks; nullopt where size is
/// not positive or the result does not fit 64 bits.
std::optional<std::int64_t> bin_ticks(std::int64_t value, std::int64_t size,
                                      std::int64_t anchor = 0);

}  // namespace quarry
