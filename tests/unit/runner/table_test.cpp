// The test runner's reading of tables: a mistake here would let wrong answers pass.
#include "tests/runner/table.h"

#include "tests/runner/json_text.h"
#include "tests/runner/sections.h"

#include <doctest/doctest.h>

namespace quarry::test {
namespace {

TEST_CASE("a table of a test is read column by column and printed the same") {
  const std::string body =
      "s:string     n:long  d:dynamic\n"
      "a b          1       {\"x\":[1,\"a  b\"]}\n"
      "\"\"           null    null\n"
      "\"tab\\there\"  -5      \"text\"\n";
  const TestTable table = parse_table(body, 1);
  REQUIRE(table.columns.size() == 3);
  CHECK(table.columns[2] == TestColumn{"d", "dynamic"});
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[0] == TestRow{"a b", "1", "{\"x\":[1,\"a  b\"]}"});
  CHECK(difference(table, parse_table(body, 1), RowOrder::kFixed).empty());
  std::string printed = print_table(table);
  for (std::size_t at = printed.find("\n  "); at != std::string::npos; at = printed.find("\n  ")) {
    printed.erase(at + 1, 2);
  }
  CHECK(printed.substr(2) == body);
}

TEST_CASE("strings are quoted only where their plain text would be misread") {
  CHECK(spell_string("plain text") == "plain text");
  CHECK(spell_string("") == "\"\"");
  CHECK(spell_string("null") == "\"null\"");
  CHECK(spell_string("two  blanks") == "\"two  blanks\"");
  CHECK(spell_string("end ") == "\"end \"");
  CHECK(spell_string("\x01") == "\"\\u0001\"");
  CHECK(spell_json("\"\\ud83d\\ude00 \\u00fc\"", "string") == "\xF0\x9F\x98\x80 \xC3\xBC");
  CHECK(spell_json("\"NaN\"", "real") == "NaN");
  CHECK(spell_json("\"1\"", "dynamic") == "\"1\"");
}

TEST_CASE("types, values, row counts and order each make a difference") {
  const TestTable longs = parse_table("a:long\n1\n2\n", 1);
  CHECK(difference(longs, parse_table("a:int\n1\n2\n", 1), RowOrder::kFixed) ==
        "the columns differ");
  CHECK(difference(longs, parse_table("a:long\n1\n", 1), RowOrder::kFixed) ==
        "1 rows instead of 2");
  const TestTable turned = parse_table("a:long\n2\n1\n", 1);
  CHECK(difference(longs, turned, RowOrder::kFixed) == "row 1, column a: 2 instead of 1");
  CHECK(difference(longs, turned, RowOrder::kFree).empty());
}

TEST_CASE("a tilde asks for a real that is near") {
  const TestTable near = parse_table("r:real\n~0.3\n", 1);
  CHECK(
      difference(near, parse_table("r:real\n0.30000000000000004\n", 1), RowOrder::kFixed).empty());
  CHECK_FALSE(difference(near, parse_table("r:real\n0.31\n", 1), RowOrder::kFixed).empty());
  CHECK_FALSE(difference(near, parse_table("r:real\nnull\n", 1), RowOrder::kFixed).empty());
}

TEST_CASE("a row with too few or too many cells is a mistake of the test") {
  CHECK_THROWS_AS(parse_table("a:long  b:long\n1\n", 1), FormatError);
  CHECK_THROWS_AS(parse_table("a:long\n1  2\n", 1), FormatError);
  CHECK_THROWS_AS(parse_table("a\n", 1), FormatError);
}

TEST_CASE("JSON is cut as it was written") {
  const auto members = json::members(R"( {"a" : 12345678901234567890123, "b":{"c":"}"}, "":1.0} )");
  REQUIRE(members);
  CHECK(json::find(*members, "a") == "12345678901234567890123");
  CHECK(json::find(*members, "b") == R"({"c":"}"})");
  CHECK(json::find(*members, "") == "1.0");
  CHECK_FALSE(json::members("{\"a\":1"));
  CHECK_FALSE(json::members("hq: error: x"));
  CHECK(json::compact("{ \"a b\" : [ 1 , 2 ] }") == "{\"a b\":[1,2]}");
}

}  // namespace
}  // namespace quarry::test
