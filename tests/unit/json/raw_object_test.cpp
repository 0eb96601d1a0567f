#include "common/json/raw_object.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::json;

TEST_CASE("members come as they stand in the text, in its order") {
  const auto members = raw_members(R"( {"b": 1.50, "a\"":[1, 2],"b":"x\u0041" } )", "row");
  REQUIRE(members);
  REQUIRE(members->size() == 3);
  CHECK((*members)[0].key == "b");
  CHECK((*members)[0].value == "1.50");
  CHECK((*members)[1].key == R"(a\")");
  CHECK((*members)[1].value == "[1, 2]");
  CHECK(find_raw(*members, "b") == R"("x\u0041")");
  CHECK(find_raw(*members, "c").empty());
}

TEST_CASE("what is no object is refused, with its place") {
  CHECK(raw_members("[1]", "row").error().file().starts_with("row"));
  CHECK(raw_members("{\"a\":}", "row").error().code() == ErrorCode::kData);
  CHECK_FALSE(raw_members("", "row"));
  CHECK_FALSE(raw_members("{} {}", "row"));
  CHECK(raw_members("{}", "row")->empty());
}

TEST_CASE("values as text") {
  CHECK(string_of(R"("a\nb")") == "a\nb");
  CHECK(string_of("12").empty());
  CHECK(text_of("12345678901234567890123") == "12345678901234567890123");
  CHECK(text_of("null").empty());
  CHECK(text_of(R"({"a": 1})") == R"({"a":1})");
  CHECK(compact(R"({"a": [1, 2.50]})") == R"({"a":[1,2.50]})");
}
