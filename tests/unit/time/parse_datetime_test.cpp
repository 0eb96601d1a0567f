#include "common/time/format.h"
#include "common/time/parse.h"

#include <doctest/doctest.h>

using namespace quarry;

namespace {

std::string parsed(std::string_view text) {
  const auto value = parse_datetime(text);
  return value ? to_string(*value) : "null";
}

std::string iso(std::string_view text) {
  const auto value = parse_iso_datetime(text);
  return value ? to_string(*value) : "null";
}

}  // namespace

TEST_CASE("the fixed layout is read with any number of fraction digits up to 7") {
  CHECK(iso("2024-05-01T12:34:56") == "2024-05-01T12:34:56.0000000Z");
  CHECK(iso("2024-05-01T12:34:56Z") == "2024-05-01T12:34:56.0000000Z");
  const std::string digits = "1234567";
  for (std::size_t count = 1; count <= 7; ++count) {
    const std::string text = "2024-05-01T12:34:56." + digits.substr(0, count);
    const std::string expected = text + std::string(7 - count, '0') + "Z";
    CHECK(iso(text) == expected);
    CHECK(iso(text + "Z") == expected);
  }
  CHECK(iso("0001-01-01T00:00:00.0000000Z") == "0001-01-01T00:00:00.0000000Z");
  CHECK(iso("9999-12-31T23:59:59.9999999Z") == "9999-12-31T23:59:59.9999999Z");
  CHECK(iso("2024-02-29T00:00:00Z") == "2024-02-29T00:00:00.0000000Z");
}

TEST_CASE("the fixed layout takes nothing else") {
  for (const char* bad : {"",
                          "2024-05-01",
                          "2024-05-01T12:34",
                          "2024-05-01 12:34:56",
                          "2024-05-01T12:34:56.",
                          "2024-05-01T12:34:56.Z",
                          "2024-05-01T12:34:5Z",
                          "2024-05-01T12:34:56.12345678",
                          "2024-05-01T12:34:56.12345678Z",
                          "2024-05-01T12:34:56,123Z",
                          "2024-05-01T12:34:56z",
                          "2024-05-01T12:34:56ZZ",
                          "2024-05-01T12:34:56+01",
                          "2024-05-01T12:34:56+01:00",
                          "2023-02-29T00:00:00Z",
                          "2024-13-01T00:00:00Z",
                          "2024-00-01T00:00:00Z",
                          "2024-01-00T00:00:00Z",
                          "2024-01-32T00:00:00Z",
                          "2024-01-01T24:00:00Z",
                          "2024-01-01T00:60:00Z",
                          "2024-01-01T00:00:60Z",
                          "0000-01-01T00:00:00Z",
                          "2024-05-01T12:34:56.12 4Z",
                          " 2024-05-01T12:34:56Z"}) {
    CAPTURE(std::string_view(bad));
    CHECK(iso(bad) == "null");
  }
}

TEST_CASE("any single byte changed to something else than a digit breaks the fixed layout") {
  const std::string good = "2024-05-01T12:34:56.1234567Z";
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      const char c = static_cast<char>(byte);
      if (c == good[at] || (byte >= '0' && byte <= '9' && good[at] >= '0' && good[at] <= '9'))
        continue;
      if (at == 27) continue;  // then it is the eighth digit or a bad end, told apart below
      std::string bad = good;
      bad[at] = c;
      CAPTURE(std::string_view(bad));
      CHECK_FALSE(parse_iso_datetime(bad));
    }
  }
  CHECK_FALSE(parse_iso_datetime("2024-05-01T12:34:56.12345678"));
  CHECK_FALSE(parse_iso_datetime("2024-05-01T12:34:56.1234567X"));
}

TEST_CASE("ISO 8601 forms of Kusto's table") {
  CHECK(parsed("2014-05-25T08:20:03.123456Z") == "2014-05-25T08:20:03.1234560Z");
  CHECK(parsed("2014-05-25T08:20:03.123456") == "2014-05-25T08:20:03.1234560Z");
  CHECK(parsed("2014-05-25T08:20") == "2014-05-25T08:20:00.0000000Z");
  CHECK(parsed("2014-11-08 15:55:55.123456Z") == "2014-11-08T15:55:55.1234560Z");
  CHECK(parsed("2014-11-08 15:55:55") == "2014-11-08T15:55:55.0000000Z");
  CHECK(parsed("2014-11-08 15:55") == "2014-11-08T15:55:00.0000000Z");
  CHECK(parsed("2014-11-08") == "2014-11-08T00:00:00.0000000Z");
  CHECK(parsed("1970-5-12") == "1970-05-12T00:00:00.0000000Z");
  CHECK(parsed("2017 - 08 - 01") == "2017-08-01T00:00:00.0000000Z");
  CHECK(parsed("2014-11-08Z") == "2014-11-08T00:00:00.0000000Z");
  CHECK(parsed("2014-11") == "2014-11-01T00:00:00.0000000Z");
  CHECK(parsed("2014") == "2014-01-01T00:00:00.0000000Z");
  CHECK(parsed("2014/11/8 1:02") == "2014-11-08T01:02:00.0000000Z");
  CHECK(parsed("  2014-11-08  15:55  ") == "2014-11-08T15:55:00.0000000Z");
}

TEST_CASE("RFC 822 and RFC 850 forms of Kusto's table") {
  for (const char* text :
       {"Sat, 8 Nov 14 15:05:02 GMT", "Sat, 8 Nov 14 15:05:02", "8 Nov 14 15:05:02 GMT",
        "8 Nov 14 15:05:02", "Saturday, 08-Nov-14 15:05:02 GMT", "Saturday, 08-Nov-14 15:05:02",
        "08-Nov-14 15:05:02 GMT", "08-Nov-14 15:05:02", "Sat, 08 Nov 2014 15:05:02 GMT",
        "sat 8 november 2014 15:05:02 utc"}) {
    CAPTURE(std::string_view(text));
    CHECK(parsed(text) == "2014-11-08T15:05:02.0000000Z");
  }
  for (const char* text :
       {"Sat, 8 Nov 14 15:05", "Sat, 8 Nov 14 15:05 GMT", "8 Nov 14 15:05", "8 Nov 14 15:05 GMT",
        "Saturday, 08-Nov-14 15:05 GMT", "Saturday, 08-Nov-14 15:05", "08-Nov-14 15:05 GMT"}) {
    CAPTURE(std::string_view(text));
    CHECK(parsed(text) == "2014-11-08T15:05:00.0000000Z");
  }
}

TEST_CASE("sortable forms of Kusto's table") {
  for (const char* text : {"2014-11-08 15:05:25 GMT", "2014-11-08 15:05:25",
                           "2014-11-08T15:05:25 GMT", "2014-11-08T15:05:25"}) {
    CAPTURE(std::string_view(text));
    CHECK(parsed(text) == "2014-11-08T15:05:25.0000000Z");
  }
  for (const char* text :
       {"2014-11-08 15:05 GMT", "2014-11-08 15:05", "2014-11-08T15:05 GMT", "2014-11-08T15:05"}) {
    CAPTURE(std::string_view(text));
    CHECK(parsed(text) == "2014-11-08T15:05:00.0000000Z");
  }
}

TEST_CASE("numbers with slashes or dashes that begin with no year put the month first") {
  CHECK(parsed("12-02-2022") == "2022-12-02T00:00:00.0000000Z");
  CHECK(parsed("5/25/2014 3:05:02 PM") == "2014-05-25T15:05:02.0000000Z");
  CHECK(parsed("05/25/14 12:00 AM") == "2014-05-25T00:00:00.0000000Z");
  CHECK(parsed("5/25/2014 12:00 pm") == "2014-05-25T12:00:00.0000000Z");
  CHECK(parsed("Nov 8, 2014 15:05") == "2014-11-08T15:05:00.0000000Z");
  CHECK(parsed("November 8 2014") == "2014-11-08T00:00:00.0000000Z");
  CHECK(parsed("Saturday, November 8, 2014") == "2014-11-08T00:00:00.0000000Z");
  CHECK(parsed("25/12/2014") == "null");
  CHECK(parsed("5/25-2014") == "null");
}

TEST_CASE("offsets move to UTC and may leave the range") {
  CHECK(parsed("2014-05-25T08:20:03+02:00") == "2014-05-25T06:20:03.0000000Z");
  CHECK(parsed("2014-05-25T08:20:03.5-0730") == "2014-05-25T15:50:03.5000000Z");
  CHECK(parsed("2014-05-25 08:20 +01") == "2014-05-25T07:20:00.0000000Z");
  CHECK(parsed("Sat, 8 Nov 14 15:05:02 +0100") == "2014-11-08T14:05:02.0000000Z");
  CHECK(parsed("0001-01-01T00:00:00+00:01") == "null");
  CHECK(parsed("0001-01-01T00:00:00-00:01") == "0001-01-01T00:01:00.0000000Z");
  CHECK(parsed("9999-12-31T23:59:59-00:01") == "null");
  CHECK(parsed("2014-05-25T08:20:03+15:00") == "null");
  CHECK(parsed("2014-05-25T08:20:03+1") == "null");
  CHECK(parsed("2014-05-25T08:20:03+01:6") == "null");
}

TEST_CASE("fractions finer than a tick are cut off, two-digit years reach from 1950 to 2049") {
  CHECK(parsed("2014-05-25T08:20:03.123456789Z") == "2014-05-25T08:20:03.1234567Z");
  CHECK(parsed("8 Nov 49") == "2049-11-08T00:00:00.0000000Z");
  CHECK(parsed("8 Nov 50") == "1950-11-08T00:00:00.0000000Z");
}

TEST_CASE("what is no datetime is null") {
  for (const char* bad : {"",
                          " ",
                          "x",
                          "null",
                          "2014-11-08T",
                          "2014-11-08 x",
                          "2014-11-08 15",
                          "2014-11-08 15:",
                          "2014-11-08 15:05:",
                          "2014-11-08 15:05:02.",
                          "2014-11-08 25:00",
                          "2014-11-08 15:05 PM",
                          "2014-11-08 0:05 AM",
                          "2014-11-08 15:05:02 XYZ",
                          "2014-11-08 15:05:02 GMT x",
                          "2014-02-30",
                          "2014-11-08-01",
                          "20141108",
                          "14",
                          "123",
                          "12345-01-01",
                          "8 Foo 14",
                          "Sat,",
                          "Nov",
                          "Nov 8",
                          "8 Nov",
                          "8Nov14",
                          "1.5",
                          "-1",
                          "2014-",
                          "1/2",
                          "0000-01-01",
                          "12:30"}) {
    CAPTURE(std::string_view(bad));
    CHECK(parsed(bad) == "null");
  }
}
