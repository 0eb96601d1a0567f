#include "common/base/random.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

TEST_CASE("random GUIDs have the form of version 4 and differ") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string guid = quarry::random_guid();
    REQUIRE(guid.size() == 36);
    CHECK(guid[8] == '-');
    CHECK(guid[14] == '4');
    CHECK(std::string("89ab").find(guid[19]) != std::string::npos);
    seen.insert(guid);
  }
  CHECK(seen.size() == 100);
}

TEST_CASE("random fractions stay in their range and spread") {
  double sum = 0;
  for (int i = 0; i < 1000; ++i) {
    const double value = quarry::random_fraction();
    REQUIRE(value >= 0);
    REQUIRE(value < 1);
    sum += value;
  }
  CHECK(sum > 400);
  CHECK(sum < 600);
}
