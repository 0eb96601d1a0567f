#include "tools/incident-link/case/target.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::incident_link;

TEST_CASE("incidents as people write them") {
  CHECK(parse_target("29001", false)->incident == "29001");
  CHECK(parse_target("defender:29001", false)->kind == TargetKind::kDefender);
  CHECK(parse_target("sentinel:3177", false)->kind == TargetKind::kSentinel);
  CHECK(parse_target("sentinel:73e01a99-5cd7-4139-a149-9f2736ff2ab5", false)->incident ==
        "73e01a99-5cd7-4139-a149-9f2736ff2ab5");
  CHECK(parse_target("defender", true)->is_new());
  for (const char* text :
       {"", "x", "defender:x", "sentinel:x", "other:1", "-1", "1.5",
        "defender:73e01a99-5cd7-4139-a149-9f2736ff2ab5", "sentinel", "99999999999999999999"})
    CHECK_MESSAGE(!parse_target(text, false), text);
  CHECK_FALSE(parse_target("29001", true));
  const Target target{.kind = TargetKind::kSentinel, .place = "/w", .incident = "3177"};
  CHECK(target_of_json(to_json(target)) == target);
}
