#include "common/base/text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace text = quarry::text;

namespace {

std::string real(double value) {
  std::string out;
  text::append_real(out, value);
  return out;
}

}  // namespace

TEST_CASE("reals print the shortest digits that read back, never as integers") {
  CHECK(real(0) == "0.0");
  CHECK(real(-0.0) == "-0.0");
  CHECK(real(1) == "1.0");
  CHECK(real(0.1) == "0.1");
  CHECK(real(100'000) == "100000.0");
  CHECK(real(-2.5) == "-2.5");
  CHECK(real(0.0001) == "0.0001");
  CHECK(real(0.00001) == "1e-05");
  CHECK(real(1e15) == "1000000000000000.0");
  CHECK(real(1e16) == "1e+16");
  CHECK(real(1e100) == "1e+100");
  CHECK(real(5e-324) == "5e-324");
  CHECK(real(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
  CHECK(real(std::nan("")) == "NaN");
  CHECK(real(HUGE_VAL) == "Infinity");
  CHECK(real(-HUGE_VAL) == "-Infinity");
}

TEST_CASE("printed reals read back equal") {
  std::uint64_t bits = 0x9E3779B97F4A7C15;
  for (int i = 0; i < 20'000; ++i) {
    bits = bits * 6364136223846793005U + 1442695040888963407U;
    double value;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    CHECK(text::parse_double(real(value)) == value);
  }
}

TEST_CASE("integers are read whole or not at all") {
  CHECK(text::parse_int64("0") == 0);
  CHECK(text::parse_int64("+7") == 7);
  CHECK(text::parse_int64("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(text::parse_int64("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  for (const char* bad :
       {"", "+", "-", "+-1", "++1", " 1", "1 ", "1.0", "0x10", "9223372036854775808", "1e3"}) {
    CAPTURE(std::string_view(bad));
    CHECK_FALSE(text::parse_int64(bad));
  }
}

TEST_CASE("reals are read whole or not at all, with the words for what is no number") {
  CHECK(text::parse_double("1") == 1.0);
  CHECK(text::parse_double("-1.5e3") == -1500.0);
  CHECK(text::parse_double("+.5") == 0.5);
  CHECK(std::isnan(*text::parse_double("NaN")));
  CHECK(text::parse_double("inf") == HUGE_VAL);
  CHECK(text::parse_double("-Infinity") == -HUGE_VAL);
  for (const char* bad :
       {"", "-", "+", ".", "1e", "1.0x", " 1", "nan(1)", "infinit", "0x1p3", "1e400", "1,5"}) {
    CAPTURE(std::string_view(bad));
    CHECK_FALSE(text::parse_double(bad));
  }
}

TEST_CASE("sizes take units of 1024") {
  CHECK(text::parse_size("1024") == 1024);
  CHECK(text::parse_size("64k") == 65536);
  CHECK(text::parse_size("16MiB") == 16U << 20);
  CHECK(text::parse_size("2GB") == 2ULL << 30);
  CHECK(text::parse_size("1.5 KB") == 1536);
  CHECK(text::parse_size("7b") == 7);
  CHECK(text::parse_size("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
  for (const char* bad :
       {"", "k", "-1", "1x", "1kbit", ".5k", "16384P", "18446744073709551616", "1.2.3k"}) {
    CAPTURE(std::string_view(bad));
    CHECK_FALSE(text::parse_size(bad));
  }
}

TEST_CASE("numbers for people have separators and units") {
  CHECK(text::with_thousands(0) == "0");
  CHECK(text::with_thousands(999) == "999");
  CHECK(text::with_thousands(1204) == "1,204");
  CHECK(text::with_thousands(1'234'567) == "1,234,567");
  CHECK(text::human_bytes(0) == "0 B");
  CHECK(text::human_bytes(999) == "999 B");
  CHECK(text::human_bytes(1000) == "1.0 kB");
  CHECK(text::human_bytes(999'960) == "1.0 MB");
  CHECK(text::human_bytes(1'288'490'189) == "1.3 GB");
  CHECK(text::human_bytes(std::numeric_limits<std::uint64_t>::max()) == "18.4 EB");
  std::string out = "n=";
  text::append_int(out, std::numeric_limits<std::int64_t>::min());
  CHECK(out == "n=-9223372036854775808");
}

TEST_CASE("splitting keeps empty parts, trimming and lowering touch ASCII only") {
  CHECK(text::split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(text::split("", ',') == std::vector<std::string_view>{""});
  CHECK(text::split(",", ',') == std::vector<std::string_view>{"", ""});
  CHECK(text::trim_ascii(" \t\r\na b\v\f ") == "a b");
  CHECK(text::trim_ascii("  ").empty());
  CHECK(text::lower_ascii("AbZ\xC3\x9C") == "abz\xC3\x9C");
  CHECK(text::iequals_ascii("AbC", "aBc"));
  CHECK_FALSE(text::iequals_ascii("[", "{"));
  CHECK_FALSE(text::iequals_ascii("a", "ab"));
}
