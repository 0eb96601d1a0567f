#include "common/time/format.h"

#include "common/time/parse.h"

#include <doctest/doctest.h>

#include <limits>

using namespace quarry;

namespace {

std::string formatted(std::string_view datetime, std::string_view format) {
  std::string out;
  return format_datetime(*parse_datetime(datetime), format, out) ? out : "refused";
}

std::string formatted_span(std::string_view timespan, std::string_view format) {
  std::string out;
  return format_timespan(*parse_timespan(timespan), format, out) ? out : "refused";
}

}  // namespace

TEST_CASE("datetimes print 7 digits and Z, from the first tick to the last") {
  CHECK(to_string(Datetime{0}) == "0001-01-01T00:00:00.0000000Z");
  CHECK(to_string(Datetime{1}) == "0001-01-01T00:00:00.0000001Z");
  CHECK(to_string(Datetime{Datetime::kMaxTicks}) == "9999-12-31T23:59:59.9999999Z");
  CHECK(to_string(Datetime{kUnixEpochTicks}) == "1970-01-01T00:00:00.0000000Z");
  std::string out = "at ";
  append_datetime(out, {kUnixEpochTicks + 12'345'678});
  CHECK(out == "at 1970-01-01T00:00:01.2345678Z");
}

TEST_CASE("timespans print days and a fraction only where they have one") {
  CHECK(to_string(Timespan{0}) == "00:00:00");
  CHECK(to_string(Timespan{-1}) == "-00:00:00.0000001");
  CHECK(to_string(Timespan{kTicksPerDay}) == "1.00:00:00");
  CHECK(to_string(Timespan{-(kTicksPerDay + 2 * kTicksPerHour + 3 * kTicksPerMinute +
                             4 * kTicksPerSecond + 1'234'567)}) == "-1.02:03:04.1234567");
  CHECK(to_string(Timespan{25 * kTicksPerHour + 5}) == "1.01:00:00.0000005");
  CHECK(to_string(Timespan{std::numeric_limits<std::int64_t>::max()}) ==
        "10675199.02:48:05.4775807");
  CHECK(to_string(Timespan{std::numeric_limits<std::int64_t>::min()}) ==
        "-10675199.02:48:05.4775808");
}

TEST_CASE("format_datetime knows the tokens of Kusto's table") {
  CHECK(formatted("2017-01-29 09:00:05", "yy-MM-dd [HH:mm:ss]") == "17-01-29 [09:00:05]");
  CHECK(formatted("2017-01-29 09:00:05", "yyyy-M-dd [H:mm:ss]") == "2017-1-29 [9:00:05]");
  CHECK(formatted("2009-06-15T13:45:30", "h hh H HH m mm s ss tt") == "1 01 13 13 45 45 30 30 PM");
  CHECK(formatted("2009-06-15T00:05:09", "h:mm tt, m:s d/M") == "12:05 AM, 5:9 15/6");
  CHECK(formatted("2009-06-15T12:00:00", "hh tt") == "12 PM");
  CHECK(formatted("0001-01-01", "y yy yyyy") == "1 01 0001");
  CHECK(formatted("0900-01-01", "y yy yyyy") == "0 00 0900");
  CHECK(formatted("2009-06-15", "y yy yyyy") == "9 09 2009");
  CHECK(formatted("2009-06-15", "") == "");
}

TEST_CASE("fractions keep zeros with f and drop them with F") {
  CHECK(formatted("2009-06-15T13:45:30.0050000", "f ff fff ffff") == "0 00 005 0050");
  CHECK(formatted("2009-06-15T13:45:30.0001150", "fffffff") == "0001150");
  CHECK(formatted("2009-06-15T13:45:30.0001150", "FFFFFFF") == "000115");
  CHECK(formatted("2009-06-15T13:45:30.6170000", "F FF FFFFFF") == "6 61 617");
  CHECK(formatted("2009-06-15T13:45:30.0050000", "FF") == "");
  CHECK(formatted("2009-06-15T13:45:30", "ss.FFF") == "30");
  CHECK(formatted("2009-06-15T13:45:30.5", "ss.FFF") == "30.5");
}

TEST_CASE("a format with anything else is refused and leaves the text as it was") {
  for (const char* format : {"yyy", "yyyyy", "MMM", "ddd", "hhh", "HHH", "mmm", "sss", "ffffffff",
                             "FFFFFFFF", "t", "ttt", "yyyy-MM-ddTHH:mm", "x", "yyyy;", "\xFF"}) {
    CAPTURE(std::string_view(format));
    CHECK(formatted("2009-06-15", format) == "refused");
  }
  std::string out = "kept";
  CHECK_FALSE(format_datetime({}, "yyyy x", out));
  CHECK(out == "kept");
}

TEST_CASE("format_timespan pads whole days and counts hours to 23") {
  CHECK(formatted_span("29.09:00:05.12345", "dd.hh:mm:ss:FF") == "29.09:00:05:12");
  CHECK(formatted_span("29.09:00:05.12345", "ddd.h:mm:ss [fffffff]") == "029.9:00:05 [1234500]");
  CHECK(formatted_span("15.13:45:30", "d dd dddddddd") == "15 15 00000015");
  CHECK(formatted_span("15.13:45:30", "h hh H HH") == "13 13 13 13");
  CHECK(formatted_span("15.13:45:30.0000005", "FFFFFF") == "");
  CHECK(formatted_span("-1.02:03:04", "d.hh:mm:ss") == "1.02:03:04");
  CHECK(formatted_span("1d", "ddddddddd") == "refused");
  CHECK(formatted_span("1d", "yyyy") == "refused");
  CHECK(formatted_span("1d", "tt") == "refused");
  std::string out;
  CHECK(format_timespan({std::numeric_limits<std::int64_t>::min()}, "d.hh:mm:ss.fffffff", out));
  CHECK(out == "10675199.02:48:05.4775808");
}
