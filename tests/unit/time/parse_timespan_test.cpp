#include "common/time/format.h"
#include "common/time/parse.h"

#include <doctest/doctest.h>

using namespace quarry;

namespace {

std::string parsed(std::string_view text) {
  const auto value = parse_timespan(text);
  return value ? to_string(*value) : "null";
}

}  // namespace

TEST_CASE("timespan literals of every unit") {
  CHECK(parsed("2d") == "2.00:00:00");
  CHECK(parsed("1.5h") == "01:30:00");
  CHECK(parsed("30m") == "00:30:00");
  CHECK(parsed("25min") == "00:25:00");
  CHECK(parsed("10s") == "00:00:10");
  CHECK(parsed("0.1s") == "00:00:00.1000000");
  CHECK(parsed("100ms") == "00:00:00.1000000");
  CHECK(parsed("10microsecond") == "00:00:00.0000100");
  CHECK(parsed("1tick") == "00:00:00.0000001");
  CHECK(parsed("250nanoseconds") == "00:00:00.0000002");
  CHECK(parsed("15 seconds") == "00:00:15");
  CHECK(parsed("2 hrs") == "02:00:00");
  CHECK(parsed("-1.5d") == "-1.12:00:00");
  CHECK(parsed("0.00000000000000000000001d") == "00:00:00");
  CHECK(timespan_unit_ticks("days") == kTicksPerDay);
  CHECK(timespan_unit_ticks("millis") == kTicksPerMillisecond);
  CHECK_FALSE(timespan_unit_ticks("nanos"));
  CHECK_FALSE(timespan_unit_ticks("weeks"));
  CHECK_FALSE(timespan_unit_ticks(""));
}

TEST_CASE("a literal alone takes neither sign nor clock") {
  CHECK(parse_timespan_literal("3m") == Timespan{3 * kTicksPerMinute});
  for (const char* bad : {"", "3", "-3m", "m", "3.m", ".5m", "3x", "3M", "1:00"}) {
    CAPTURE(std::string_view(bad));
    CHECK_FALSE(parse_timespan_literal(bad));
  }
}

TEST_CASE("clock forms, with days, sign and fraction") {
  CHECK(parsed("0.00:03:00") == "00:03:00");
  CHECK(parsed("1.02:04:45") == "1.02:04:45");
  CHECK(parsed("-1.02:03:04.1234567") == "-1.02:03:04.1234567");
  CHECK(parsed("29.09:00:05.12345") == "29.09:00:05.1234500");
  CHECK(parsed("1:15") == "01:15:00");
  CHECK(parsed("23:59:59.99999999") == "23:59:59.9999999");
  CHECK(parsed(" 00:00:01 ") == "00:00:01");
  CHECK(parsed("3") == "3.00:00:00");
  CHECK(parsed("-3") == "-3.00:00:00");
}

TEST_CASE("timespans reach to the ends of 64 bits and are null beyond") {
  CHECK(parsed("10675199.02:48:05.4775807") == "10675199.02:48:05.4775807");
  CHECK(parsed("10675199.02:48:05.4775808") == "null");
  CHECK(parsed("-10675199.02:48:05.4775808") == "-10675199.02:48:05.4775808");
  CHECK(parsed("-10675199.02:48:05.4775809") == "null");
  CHECK(parsed("9223372036854775807tick") == "10675199.02:48:05.4775807");
  CHECK(parsed("9223372036854775808ticks") == "null");
  CHECK(parsed("10675200d") == "null");
  CHECK(parsed("18446744073709551616ticks") == "null");
  CHECK(parsed("99999999999999999999999999d") == "null");
  CHECK(parsed("99999999999999999999999999") == "null");
  CHECK(parsed("99999999999999999999999999nanos") == "null");
}

TEST_CASE("what is no timespan is null") {
  for (const char* bad : {"",           "-",        "x",         "1.5",  "24:00", "1:60", "1:00:60",
                          "1.24:00:00", "1:00:00.", "1:00:00.x", "1::2", ":30",   "1.",   "1.:00",
                          "100:00",     "1:2:3:4",  "1d2h",      "--1d", "1 d h", "1e3s"}) {
    CAPTURE(std::string_view(bad));
    CHECK(parsed(bad) == "null");
  }
}
