#include "tests/unit/kql/functions/call.h"

#include <doctest/doctest.h>

#include <set>

using namespace quarry;
using namespace quarry::kql::test;

TEST_CASE("rounding keeps the type, halves go away from zero") {
  CHECK(call("round", {number(7)}).type() == Type::kLong);
  CHECK(call_text("round", {Scalar::of(2.5)}) == "3.0");
  CHECK(call_text("round", {Scalar::of(-50.55), number(-2)}) == "-100.0");
  CHECK(call_text("round", {Scalar::of(3.14159), number(2)}) == "3.14");
  CHECK(call_text("round", {Scalar::of(1e300), number(15)}) == "1e+300");
  CHECK(call_text("round", {number(25), number(-1)}) == "30");
  CHECK(call_text("round", {number(-24), number(-1)}) == "-20");
  CHECK(call_text("round", {number(9'223'372'036'854'775'807), number(-1)}) ==
        "9223372036854775800");
  CHECK(call_text("abs", {number(-5)}) == "5");
  CHECK(call_text("abs", {Scalar::of(Timespan{-kTicksPerDay})}) == "1.00:00:00");
}

TEST_CASE("what has no value is NaN") {
  CHECK(call_text("log10", {number(-1)}) == "NaN");
  CHECK(call_text("sqrt", {number(-1)}) == "NaN");
  CHECK(call_text("pow", {Scalar::null(Type::kReal), number(3)}) == "null");
  CHECK(call_text("sign", {number(-4)}) == "-1.0");
}

TEST_CASE("bits are moved and counted") {
  CHECK(call_text("binary_shift_right", {number(1), number(2)}) == "0");
  CHECK(call_text("binary_not", {number(100)}) == "-101");
  CHECK(call_text("bitset_count_ones", {number(-1)}) == "64");
}

TEST_CASE("hexadecimal knows the width of int and long") {
  CHECK(call_text("tohex", {number(256)}) == "100");
  CHECK(call_text("tohex", {number(-256)}) == "ffffffffffffff00");
  CHECK(call_text("tohex", {Scalar::of(std::int32_t{-256}), number(8)}) == "ffffff00");
  CHECK(call_text("tohex", {number(256), number(8)}) == "00000100");
}

TEST_CASE("bytes and versions are written and read") {
  CHECK(call_text("format_bytes", {number(564 * 1024)}) == "564 KB");
  CHECK(call_text("format_bytes", {number(10'332), number(1)}) == "10.1 KB");
  CHECK(call_text("format_bytes", {number(20'010'332), number(2)}) == "19.08 MB");
  CHECK(call_text("format_bytes", {number(20'010'332), number(0), text("KB")}) == "19541 KB");
  CHECK(call_text("parse_version", {text("0.0.0.5")}) == "5");
  CHECK(call_text("parse_version", {text("1.2.3.4")}) == "1000000020000000300000004");
  CHECK(call_text("parse_version", {text("1.2.x")}) == "null");
}

TEST_CASE("texts are turned round, repeated and translated by characters") {
  CHECK(call_text("reverse", {text("d\u00FCr")}) == "r\u00FCd");
  CHECK(call_text("strrep", {number(123), number(3), text(".")}) == "123.123.123");
  CHECK(call_text("strrep", {text("a"), number(-1)}) == "");
  CHECK(call_text("translate", {text("krasp"), text("otsku"), text("spark")}) == "kusto");
  CHECK(call_text("translate", {text("abc"), text("x"), text("abc")}) == "xxx");
  CHECK(call_text("translate", {text("abc"), text(""), text("ab")}) == "");
  CHECK(call_text("strcmp", {text("abcde"), text("abc")}) == "1");
}

TEST_CASE("code points make texts, from numbers and arrays") {
  CHECK(call_text("unicode_codepoints_to_string",
                  {Scalar::dynamic("[75,117,115]"), number(116), number(111)}) == "Kusto");
  CHECK(call_text("unicode_codepoints_from_string", {text("d\u00FC")}) == "[100,252]");
  CHECK(call_text("isutf8", {text("\xFF")}) == "false");
}

TEST_CASE("patterns are found by position and by number") {
  CHECK(call_text("indexof_regex",
                  {text("abcabc"), text("a.c"), number(0), number(-1), number(2)}) == "3");
  CHECK(call_text("indexof_regex",
                  {text("abcabc"), text("a.c"), number(0), number(-1), number(3)}) == "-1");
  CHECK(call_text("has_any_index",
                  {text("this is an example"), Scalar::dynamic(R"(["that","example"])")}) == "1");
  CHECK(call_text("has_any_index", {text("this"), Scalar::dynamic("[]")}) == "-1");
}

TEST_CASE("random values differ from row to row and stay in range") {
  const Column limit = Column::constant(number(10).as_column(1), 100);
  const Column numbers = call_columns("rand", {limit}, {true});
  const Column guids = call_columns("new_guid", {}, {});
  const Cells<Type::kReal> cells(numbers);
  std::set<double> seen;
  for (std::size_t i = 0; i < 100; ++i) {
    CHECK(cells[i] >= 0);
    CHECK(cells[i] < 10);
    seen.insert(cells[i]);
  }
  CHECK(seen.size() > 5);
  CHECK((Cells<Type::kGuid>(guids)[0].bytes[6] >> 4) == 4);
}
