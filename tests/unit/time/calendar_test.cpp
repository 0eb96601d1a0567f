#include "common/time/calendar.h"

#include "common/time/format.h"
#include "common/time/parse.h"

#include <doctest/doctest.h>

#include <limits>

using namespace quarry;

namespace {

constexpr Datetime kFirst{0};
constexpr Datetime kLast{Datetime::kMaxTicks};
constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

Datetime at(std::string_view text) {
  const auto value = parse_datetime(text);
  REQUIRE(value);
  return *value;
}

std::string shown(std::optional<Datetime> value) { return value ? to_string(*value) : "null"; }

std::string start(CalendarUnit unit, std::string_view text, std::int64_t offset = 0) {
  return shown(start_of(unit, at(text), offset));
}
std::string end(CalendarUnit unit, std::string_view text, std::int64_t offset = 0) {
  return shown(end_of(unit, at(text), offset));
}
std::string added(DatetimePart part, std::int64_t amount, std::string_view text) {
  return shown(add(part, amount, at(text)));
}

}  // namespace

TEST_CASE("every day of datetime's range goes to its date and back") {
  CivilTime expected;
  std::int64_t day = 0;
  std::int64_t wrong = 0;
  for (; expected.year <= 9999; ++day) {
    const CivilTime civil = to_civil({day * kTicksPerDay});
    const bool same =
        civil.year == expected.year && civil.month == expected.month && civil.day == expected.day;
    if (!same || from_civil(civil) != Datetime{day * kTicksPerDay}) ++wrong;
    if (++expected.day <= days_in_month(expected.year, expected.month)) continue;
    expected.day = 1;
    if (++expected.month <= 12) continue;
    expected.month = 1;
    ++expected.year;
  }
  CHECK(wrong == 0);
  CHECK(day * kTicksPerDay == Datetime::kMaxTicks + 1);
  CHECK(days_before(1970, 1, 1) * kTicksPerDay == kUnixEpochTicks);
}

TEST_CASE("the last tick of datetime has all its parts") {
  const CivilTime last = to_civil(kLast);
  CHECK(last.year == 9999);
  CHECK(last.hour == 23);
  CHECK(last.minute == 59);
  CHECK(last.second == 59);
  CHECK(last.fraction == 9'999'999);
  CHECK(from_civil(last) == kLast);
}

TEST_CASE("a part out of its range makes no datetime") {
  CHECK(from_civil({.year = 2024, .month = 2, .day = 29}));
  CHECK_FALSE(from_civil({.year = 2023, .month = 2, .day = 29}));
  CHECK_FALSE(from_civil({.year = 1900, .month = 2, .day = 29}));
  CHECK_FALSE(from_civil({.year = 0}));
  CHECK_FALSE(from_civil({.year = 10'000}));
  CHECK_FALSE(from_civil({.month = 13}));
  CHECK_FALSE(from_civil({.month = 0}));
  CHECK_FALSE(from_civil({.day = 0}));
  CHECK_FALSE(from_civil({.hour = 24}));
  CHECK_FALSE(from_civil({.minute = 60}));
  CHECK_FALSE(from_civil({.second = 60}));
  CHECK_FALSE(from_civil({.fraction = 10'000'000}));
  CHECK_FALSE(from_civil({.hour = -1}));
}

TEST_CASE("weekdays and ISO weeks") {
  CHECK(day_of_week(kFirst) == 1);
  CHECK(day_of_week(at("1947-11-30 10:00:05")) == 0);
  CHECK(day_of_week(at("1970-05-11")) == 1);
  CHECK(day_of_week(kLast) == 5);
  CHECK(iso_week_of_year(at("2020-06-15")) == 25);
  CHECK(iso_week_of_year(at("1970-01-01")) == 1);
  CHECK(iso_week_of_year(at("2000-01-01")) == 52);
  CHECK(iso_week_of_year(at("2020-12-31")) == 53);
  CHECK(iso_week_of_year(at("2021-01-03")) == 53);
  CHECK(iso_week_of_year(at("2018-12-31")) == 1);
  CHECK(iso_week_of_year(kFirst) == 1);
  CHECK(iso_week_of_year(kLast) == 52);
  CHECK(day_of_year(at("2015-12-14 23:59:59.999")) == 348);
  CHECK(day_of_year(at("2020-12-31")) == 366);
  CHECK(day_of_year(kFirst) == 1);
}

TEST_CASE("startof and endof with offsets, as Kusto's documentation shows them") {
  const std::string_view value = "2017-01-01 10:10:17";
  CHECK(start(CalendarUnit::kDay, value, -1) == "2016-12-31T00:00:00.0000000Z");
  CHECK(start(CalendarUnit::kWeek, value) == "2017-01-01T00:00:00.0000000Z");
  CHECK(start(CalendarUnit::kWeek, value, -1) == "2016-12-25T00:00:00.0000000Z");
  CHECK(start(CalendarUnit::kMonth, value, -1) == "2016-12-01T00:00:00.0000000Z");
  CHECK(start(CalendarUnit::kYear, value, 1) == "2018-01-01T00:00:00.0000000Z");
  CHECK(end(CalendarUnit::kDay, value) == "2017-01-01T23:59:59.9999999Z");
  CHECK(end(CalendarUnit::kWeek, value) == "2017-01-07T23:59:59.9999999Z");
  CHECK(end(CalendarUnit::kMonth, value, 1) == "2017-02-28T23:59:59.9999999Z");
  CHECK(end(CalendarUnit::kYear, value, -1) == "2016-12-31T23:59:59.9999999Z");
}

TEST_CASE("startof and endof hold at both ends of the range and are null beyond") {
  CHECK(start(CalendarUnit::kYear, "0001-05-05") == "0001-01-01T00:00:00.0000000Z");
  CHECK(start(CalendarUnit::kWeek, "0001-01-01") == "null");  // that week began in the year before
  CHECK(start(CalendarUnit::kWeek, "0001-01-07") == "0001-01-07T00:00:00.0000000Z");
  CHECK(start(CalendarUnit::kDay, "0001-01-01", -1) == "null");
  CHECK(start(CalendarUnit::kMonth, "0001-01-01", -1) == "null");
  CHECK(end(CalendarUnit::kWeek, "0001-01-01") == "0001-01-06T23:59:59.9999999Z");
  CHECK(end(CalendarUnit::kDay, "9999-12-31") == "9999-12-31T23:59:59.9999999Z");
  CHECK(end(CalendarUnit::kMonth, "9999-12-31") == "9999-12-31T23:59:59.9999999Z");
  CHECK(end(CalendarUnit::kYear, "9999-12-31") == "9999-12-31T23:59:59.9999999Z");
  CHECK(end(CalendarUnit::kWeek, "9999-12-31") == "null");
  CHECK(end(CalendarUnit::kYear, "9999-12-31", 1) == "null");
  for (const CalendarUnit unit :
       {CalendarUnit::kDay, CalendarUnit::kWeek, CalendarUnit::kMonth, CalendarUnit::kYear}) {
    for (const std::int64_t offset :
         {kHuge, -kHuge, std::int64_t{10'000'000}, std::int64_t{-10'000'000}}) {
      CHECK_FALSE(start_of(unit, kLast, offset));
      CHECK_FALSE(end_of(unit, kFirst, offset));
    }
  }
}

TEST_CASE("datetime_part gives every part") {
  const Datetime value = at("2017-10-30 01:02:03.7654321");
  const auto part = [&](std::string_view name) {
    return part_of(*parse_datetime_part(name), value);
  };
  CHECK(part("year") == 2017);
  CHECK(part("Quarter") == 4);
  CHECK(part("month") == 10);
  CHECK(part("week_of_year") == 44);
  CHECK(part("weekofyear") == 44);
  CHECK(part("day") == 30);
  CHECK(part("dayOfYear") == 303);
  CHECK(part("hour") == 1);
  CHECK(part("minute") == 2);
  CHECK(part("second") == 3);
  CHECK(part("millisecond") == 765);
  CHECK(part("microsecond") == 765'432);
  CHECK(part("nanosecond") == 765'432'100);
  CHECK_FALSE(parse_datetime_part("years"));
  CHECK_FALSE(parse_datetime_part(""));
}

TEST_CASE("datetime_diff counts the boundaries between") {
  const auto diff = [](DatetimePart part, std::string_view a, std::string_view b) {
    return difference(part, at(a), at(b));
  };
  CHECK(diff(DatetimePart::kYear, "2017-01-01", "2000-12-31") == 17);
  CHECK(diff(DatetimePart::kQuarter, "2017-07-01", "2017-03-30") == 2);
  CHECK(diff(DatetimePart::kMonth, "2017-01-01", "2015-12-30") == 13);
  CHECK(diff(DatetimePart::kWeek, "2017-10-29 00:00", "2017-09-30 23:59") == 5);
  CHECK(diff(DatetimePart::kDay, "2017-10-29 00:00", "2017-09-30 23:59") == 29);
  CHECK(diff(DatetimePart::kHour, "2017-10-31 01:00", "2017-10-30 23:59") == 2);
  CHECK(diff(DatetimePart::kMinute, "2017-10-30 23:05:01", "2017-10-30 23:00:59") == 5);
  CHECK(diff(DatetimePart::kSecond, "2017-10-30 23:00:10.100", "2017-10-30 23:00:00.900") == 10);
  CHECK(diff(DatetimePart::kMillisecond, "2017-10-30 23:00:00.200100",
             "2017-10-30 23:00:00.100900") == 100);
  CHECK(diff(DatetimePart::kMicrosecond, "2017-10-30 23:00:00.1009001",
             "2017-10-30 23:00:00.1008009") == 100);
  CHECK(diff(DatetimePart::kNanosecond, "2017-10-30 23:00:00.0000000",
             "2017-10-30 23:00:00.0000007") == -700);
  CHECK(diff(DatetimePart::kMonth, "2015-12-30", "2017-01-01") == -13);
  CHECK(difference(DatetimePart::kNanosecond, kLast, kFirst) == kHuge);
  CHECK(difference(DatetimePart::kNanosecond, kFirst, kLast) ==
        std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("datetime_add keeps the day of month where the month has it") {
  CHECK(added(DatetimePart::kYear, 1, "2017-01-01") == "2018-01-01T00:00:00.0000000Z");
  CHECK(added(DatetimePart::kQuarter, 12, "2017-01-01") == "2020-01-01T00:00:00.0000000Z");
  CHECK(added(DatetimePart::kMonth, -15, "2017-01-01") == "2015-10-01T00:00:00.0000000Z");
  CHECK(added(DatetimePart::kWeek, 100, "2017-01-01") == "2018-12-02T00:00:00.0000000Z");
  CHECK(added(DatetimePart::kMonth, 1, "2024-01-31 10:00") == "2024-02-29T10:00:00.0000000Z");
  CHECK(added(DatetimePart::kYear, 1, "2024-02-29") == "2025-02-28T00:00:00.0000000Z");
  CHECK(added(DatetimePart::kHour, -1, "2017-01-01") == "2016-12-31T23:00:00.0000000Z");
  CHECK(added(DatetimePart::kNanosecond, 250, "2017-01-01") == "2017-01-01T00:00:00.0000002Z");
}

TEST_CASE("datetime_add beyond the range is null") {
  CHECK(added(DatetimePart::kYear, 7975, "2024-01-01") == "9999-01-01T00:00:00.0000000Z");
  CHECK(added(DatetimePart::kYear, 7976, "2024-01-01") == "null");
  CHECK(added(DatetimePart::kMonth, -1, "0001-01-31") == "null");
  CHECK(added(DatetimePart::kDay, -1, "0001-01-01") == "null");
  CHECK_FALSE(add(DatetimePart::kMicrosecond, 1, kLast));
  CHECK(add(DatetimePart::kNanosecond, 99, kLast) == kLast);
  for (int part = 0; part <= static_cast<int>(DatetimePart::kNanosecond); ++part) {
    CHECK_FALSE(add(static_cast<DatetimePart>(part), kHuge, kLast));
    CHECK_FALSE(add(static_cast<DatetimePart>(part), -kHuge, kFirst));
  }
}

TEST_CASE("bins go down, also below zero and around an anchor") {
  CHECK(bin_ticks(17, 5) == 15);
  CHECK(bin_ticks(-1, 5) == -5);
  CHECK(bin_ticks(-5, 5) == -5);
  CHECK(bin_ticks(0, 5) == 0);
  CHECK(bin_ticks(13, 10, 11) == 11);
  CHECK(bin_ticks(kTicksPerHour, kTicksPerDay, 12 * kTicksPerHour) == -12 * kTicksPerHour);
  CHECK(bin_ticks(at("2017-05-17 10:20").ticks, 7 * kTicksPerDay, at("2017-06-04").ticks) ==
        at("2017-05-14").ticks);
  CHECK_FALSE(bin_ticks(1, 0));
  CHECK_FALSE(bin_ticks(1, -5));
}

TEST_CASE("bins at the ends of 64 bits overflow to null or are exact") {
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  CHECK(bin_ticks(kHuge, kHuge) == kHuge);
  CHECK(bin_ticks(kHuge, 10) == kHuge - 7);
  CHECK_FALSE(bin_ticks(kLowest, 10));
  CHECK(bin_ticks(kLowest, 8) == kLowest);
  CHECK(bin_ticks(kHuge, 10, kLowest) == kHuge - 5);
}
