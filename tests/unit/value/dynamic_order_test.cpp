#include "common/value/dynamic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace quarry {
namespace {

void check_equal(std::string_view a, std::string_view b) {
  CAPTURE(a);
  CAPTURE(b);
  CHECK(equal_dynamic(a, b));
  CHECK(compare_dynamic(a, b) == 0);
  CHECK(hash_dynamic(a) == hash_dynamic(b));
}

void check_ordered(std::string_view lower, std::string_view higher) {
  CAPTURE(lower);
  CAPTURE(higher);
  CHECK(compare_dynamic(lower, higher) < 0);
  CHECK(compare_dynamic(higher, lower) > 0);
  CHECK_FALSE(equal_dynamic(lower, higher));
}

/// A random value of at most so many levels, in a random spelling.
std::string random_json(std::mt19937& random, int levels) {
  const auto pick = [&](unsigned count) { return static_cast<unsigned>(random() % count); };
  const std::string blank = pick(4) == 0 ? " " : "";
  switch (pick(levels > 0 ? 7 : 5)) {
    case 0:
      return blank + "null";
    case 1:
      return pick(2) == 0 ? "true" : "false";
    case 2:
      return blank + std::to_string(pick(3));
    case 3:
      return std::to_string(pick(3)) + (pick(2) == 0 ? ".0" : ".5");
    case 4:
      return pick(2) == 0 ? "\"a\"" : "\"\\u0061\"";
    case 5: {
      std::string out = "[";
      for (auto i = pick(3); i > 0; --i)
        out += random_json(random, levels - 1) + (i > 1 ? "," : "");
      return out + blank + "]";
    }
    default: {
      std::string out = "{";
      for (auto i = pick(3); i > 0; --i) {
        out += (pick(2) == 0 ? "\"k\":" : "\"\\u006c\" :") + random_json(random, levels - 1) +
               (i > 1 ? "," : "");
      }
      return out + "}";
    }
  }
}

}  // namespace

TEST_CASE("dynamic values are equal by value, not by spelling") {
  check_equal("1", "1.0");
  check_equal("100", "1e2");
  check_equal("0", "-0.0");
  check_equal("\"a\\u0062\"", "\"ab\"");
  check_equal("{\"a\":1,\"b\":[2]}", "{ \"b\" : [2.0], \"a\" : 1 }");
  check_equal("{\"a\":1,\"a\":2}", "{\"a\":2}");
  check_equal("{\"\\u0061\":1,\"a\":2}", "{\"a\":2}");
  check_equal("", "null");
  check_equal("1e400", "2e400");
  check_equal("123456789012345678901234567890", "1.2345678901234568e29");
}

TEST_CASE("kinds come before values in the order of dynamics") {
  const std::string_view ordered[]{"null",
                                   "false",
                                   "true",
                                   "-1e300",
                                   "-1",
                                   "0",
                                   "0.5",
                                   "1",
                                   "1e300",
                                   "\"\"",
                                   "\"a\"",
                                   "\"b\"",
                                   "[]",
                                   "[1]",
                                   "[1,2]",
                                   "[2]",
                                   "{}",
                                   "{\"a\":1}",
                                   "{\"a\":1,\"b\":0}",
                                   "{\"a\":2}",
                                   "{\"b\":0}"};
  for (std::size_t i = 0; i < std::size(ordered); ++i) {
    for (std::size_t j = i + 1; j < std::size(ordered); ++j) check_ordered(ordered[i], ordered[j]);
  }
}

TEST_CASE("integers and reals are told apart beyond the precision of doubles") {
  check_ordered("9007199254740992", "9007199254740993");
  check_ordered("9007199254740992.0", "9007199254740993");
  check_equal("9007199254740992.0", "9007199254740992");
  check_ordered("9223372036854775807", "9223372036854775808");
  check_equal("-9223372036854775808", "-9.223372036854775808e18");
  check_ordered("-1.5", "-1");
  check_ordered("-2", "-1.5");
}

TEST_CASE("random values have one total order and hashes that agree with it") {
  std::mt19937 random(3);
  std::vector<std::string> values;
  for (int i = 0; i < 120; ++i) values.push_back(random_json(random, 3));
  std::sort(values.begin(), values.end(),
            [](const auto& a, const auto& b) { return compare_dynamic(a, b) < 0; });
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i; j < values.size(); ++j) {
      const int order = compare_dynamic(values[i], values[j]);
      CHECK(order <= 0);
      CHECK(compare_dynamic(values[j], values[i]) == -order);
      if (order == 0) CHECK(hash_dynamic(values[i]) == hash_dynamic(values[j]));
    }
  }
}

}  // namespace quarry
