#include "common/value/dynamic.h"

#include <doctest/doctest.h>

#include <cmath>

namespace quarry {
namespace {

DynamicView view(std::string_view json) { return DynamicView(json); }

std::string text_of(std::string_view json) {
  std::string out;
  append_dynamic_as_text(out, view(json));
  return out;
}

}  // namespace

TEST_CASE("kinds are told by the token, malformed ones are null") {
  CHECK(view("").kind() == DynamicKind::kNull);
  CHECK(view("null").kind() == DynamicKind::kNull);
  CHECK(view("  true ").kind() == DynamicKind::kBool);
  CHECK(view("-0").kind() == DynamicKind::kLong);
  CHECK(view("9223372036854775807").kind() == DynamicKind::kLong);
  CHECK(view("9223372036854775808").kind() == DynamicKind::kReal);
  CHECK(view("1.0").kind() == DynamicKind::kReal);
  CHECK(view("1e2").kind() == DynamicKind::kReal);
  CHECK(view("\"NaN\"").kind() == DynamicKind::kString);
  CHECK(view("[]").kind() == DynamicKind::kArray);
  CHECK(view("{}").kind() == DynamicKind::kBag);
  for (const std::string_view broken : {"tru", "truee", "nul", "01", "1.", ".5", "+1", "-", "1e",
                                        "0x1", "\"abc", "\"abc\\\"", "\"", "\"a\"b\"", "abc"}) {
    CHECK(view(broken).is_null());
  }
}

TEST_CASE("scalars are read as what they are and nothing else") {
  std::string scratch;
  CHECK(view("true").as_bool() == true);
  CHECK_FALSE(view("\"true\"").as_bool());
  CHECK(view("-9223372036854775808").as_long() == INT64_MIN);
  CHECK_FALSE(view("9223372036854775808").as_long());
  CHECK_FALSE(view("1.0").as_long());
  CHECK(view("12").as_real() == 12.0);
  CHECK(view("1e400").as_real() == HUGE_VAL);
  CHECK(view("-1e400").as_real() == -HUGE_VAL);
  CHECK(view("1e-400").as_real() == 0.0);
  CHECK_FALSE(view("\"1\"").as_real());
  CHECK(view("\"plain\"").as_string(scratch) == "plain");
  CHECK(scratch.empty());
  CHECK(view(R"("a\"b\\\u00e9\n")").as_string(scratch) == "a\"b\\\u00e9\n");
  CHECK_FALSE(view("\"cut").as_string(scratch));
  CHECK_FALSE(view("\"a\\\"").as_string(scratch));
  CHECK_FALSE(view("\"a\" \"b\"").as_string(scratch));
  CHECK_FALSE(view("12").as_string(scratch));
}

TEST_CASE("members are found by decoded key, the last of duplicates counts") {
  const DynamicView bag =
      view(R"( { "a" : 1, "b":{"a":[1,"}",{"x":2}]}, "a\"q":"v", "\u0063":3 , "a": 7, "": 0 } )");
  CHECK(bag.member("a").json() == "7");
  CHECK(bag.member("b").member("a").element(-1).member("x").as_long() == 2);
  CHECK(bag.member("b").member("a").element(1).json() == "\"}\"");
  CHECK(bag.member("a\"q").json() == "\"v\"");
  CHECK(bag.member("c").json() == "3");
  CHECK(bag.member("").json() == "0");
  CHECK(bag.member("d").is_null());
  CHECK(bag.size() == 6);
  CHECK(view("[1]").member("a").is_null());
  CHECK(view("\"a\"").member("a").is_null());
}

TEST_CASE("elements count from both ends") {
  const DynamicView array = view("[ 10 , [20,21], \"a,b]\", {\"k\":[1]} ]");
  CHECK(array.size() == 4);
  CHECK(array.element(0).json() == "10");
  CHECK(array.element(1).element(1).json() == "21");
  CHECK(array.element(2).json() == "\"a,b]\"");
  CHECK(array.element(-1).member("k").element(0).json() == "1");
  CHECK(array.element(-4).json() == "10");
  CHECK(array.element(4).is_null());
  CHECK(array.element(-5).is_null());
  CHECK(array.element(INT64_MIN).is_null());
  CHECK(array.element(INT64_MAX).is_null());
  CHECK(view("[]").element(0).is_null());
  CHECK(view("[ ]").size() == 0);
  CHECK(view("{ }").size() == 0);
  CHECK(view("{\"a\":1}").element(0).is_null());
}

TEST_CASE("what is malformed ends a walk, what came before it stays readable") {
  CHECK(view("[1,2").size() == 2);
  CHECK(view("[1,]").size() == 1);
  CHECK(view("[1 2]").size() == 1);
  CHECK(view("[,1]").size() == 0);
  CHECK(view("[1,[2").size() == 1);
  CHECK(view("{\"a\":1,\"b\"").size() == 1);
  CHECK(view("{\"a\":1,b:2}").size() == 1);
  CHECK(view("{\"a\" 1}").size() == 0);
  CHECK(view("{\"a\":}").size() == 0);
  CHECK(view("{\"a\":1,\"b\":\"cut").member("a").json() == "1");
}

TEST_CASE("values longer than a block of the scanner end where they should") {
  for (std::size_t padding = 0; padding < 200; ++padding) {
    const std::string filler(padding, 'x');
    const std::string nested = "{\"s\":\"" + filler + "]}\\\"[{\\\\\",\"n\":[[" +
                               std::string(padding % 70, ' ') + "],{}]}";
    const std::string json =
        "{\"skip\":" + nested + ",\"s\\\\\":\"" + filler + "\\\\\",\"want\":" + nested + "}";
    CHECK(view(json).member("want").json() == nested);
    CHECK(view(json).size() == 3);
    CHECK(skip_json_value(nested + "]}") == nested.size());
    for (const std::size_t cut : {nested.size() - 1, nested.size() - 4, padding}) {
      if (cut > 0)
        CHECK(skip_json_value(std::string_view(nested).substr(0, cut)) == std::string_view::npos);
    }
    CHECK(is_valid_json(json));
  }
}

TEST_CASE("a value ends by brackets and quotes") {
  CHECK(skip_json_value("12,") == 2);
  CHECK(skip_json_value("true}") == 4);
  CHECK(skip_json_value("\"a\\\"\" ") == 5);
  CHECK(skip_json_value("[[],[]]x") == 7);
  CHECK(skip_json_value("12") == 2);
  for (const std::string_view none :
       {"", ",", "]", ":", " 1", "\"abc", "\"abc\\", "[", "{\"a\":\"]}"})
    CHECK(skip_json_value(none) == std::string_view::npos);
}

TEST_CASE("tostring of a dynamic gives text, compact JSON, or nothing for null") {
  CHECK(text_of("\"a\\nb\"") == "a\nb");
  CHECK(text_of(" { \"a\" : [ 1 , \"x y\" ] } ") == "{\"a\":[1,\"x y\"]}");
  CHECK(text_of("1.50") == "1.50");
  CHECK(text_of("false") == "false");
  CHECK(text_of("null").empty());
  CHECK(text_of("").empty());
  CHECK(text_of("broken").empty());
}

}  // namespace quarry
