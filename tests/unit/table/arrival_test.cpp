#include "common/table/arrival.h"

#include "common/time/format.h"

#include <doctest/doctest.h>

#include <string>

namespace quarry::table {
namespace {

std::string shown(std::string_view path) {
  const auto arrival = arrival_of(path);
  return arrival ? to_string(arrival->begin) + " " + to_string(arrival->end) : "none";
}

TEST_CASE("folders of a path tell the hour or the day of arrival") {
  CHECK(shown("a/tenantId=x/y=2026/m=11/d=20/h=09/m=00/PT1H.json") ==
        "2026-11-20T09:00:00.0000000Z 2026-11-20T10:00:00.0000000Z");
  CHECK(shown("y=2026/m=2/d=3/part.json") ==
        "2026-02-03T00:00:00.0000000Z 2026-02-04T00:00:00.0000000Z");
  for (const char* path :
       {"", "a.json", "m=11/d=20/h=09/PT1H.json", "y=2026/m=11", "y=2026/d=1/m=2/x",
        "y=2026/m=13/d=20/x", "y=2026/m=02/d=30/h=01/x", "y=x/m=1/d=1/x", "y=-1/m=1/d=1/x",
        "y=99999999999999999999/m=1/d=1/x", "y=2026/m=11/d=20/h=24/m=00/x"})
    CHECK_MESSAGE(shown(path) == "none", path);
}

}  // namespace
}  // namespace quarry::table
