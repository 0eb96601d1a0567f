#include "common/actions/plan_file.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::actions;

namespace {

Plan sample() {
  Plan plan{.run = "R1", .actions = {}};
  plan.actions.push_back({.name = "isolate",
                          .tenant = "contoso",
                          .level = Level::kSevere,
                          .what = "isolate wks-1",
                          .target = R"({"machine":"m1"})",
                          .parameters = R"({"type":"Full"})",
                          .before = R"({"isolated":false})",
                          .undo = R"({"action":"release"})",
                          .row_sha256 = "s",
                          .row = R"({"a":1})"});
  plan.actions.push_back(
      {.name = "tag", .level = Level::kReversible, .target = R"({"machine":"m2"})"});
  return plan;
}

}  // namespace

TEST_CASE("a plan is written, reviewed and read back") {
  const Plan plan = sample();
  const std::string text = to_text(plan, "lr");
  CHECK(text.starts_with(R"({"_type":"plan","v":1,"tool":"lr","run":"R1","key":")" +
                         key_of(plan.actions[0])));
  const auto read = read_plan(text, "plan.ndjson", "lr");
  REQUIRE(read);
  CHECK(read->run == "R1");
  CHECK(read->actions == plan.actions);
  const auto half = read_plan(text.substr(text.find('\n') + 1), "p", "lr");
  REQUIRE(half);
  CHECK(half->actions.size() == 1);
  CHECK(count(plan.actions).severe == 1);
  CHECK(count(plan.actions).all() == 2);
}

TEST_CASE("a step that was changed, or is not ours, is refused with its line") {
  const std::string text = to_text(sample(), "lr");
  std::string changed = text;
  changed.replace(changed.rfind("m2"), 2, "m3");
  const auto refused = read_plan(changed, "p.ndjson", "lr");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().file() == "p.ndjson:2");
  CHECK(refused.error().message() == "the step was changed after it was planned");
  CHECK_FALSE(read_plan(text, "p", "consent-audit"));
  CHECK_FALSE(read_plan("{}\n", "p", "lr"));
  CHECK_FALSE(read_plan("", "p", "lr"));
  std::string mixed = text;
  mixed.replace(mixed.rfind("R1"), 2, "R2");
  CHECK(read_plan(mixed, "p", "lr").error().message() == "the step belongs to another plan");
}

TEST_CASE("the key of an act depends on tenant, name, target and parameters alone") {
  Action action = sample().actions[0];
  const std::string key = key_of(action);
  action.before = "{}";
  action.what = "other words";
  CHECK(key_of(action) == key);
  action.parameters = R"({"type":"Selective"})";
  CHECK(key_of(action) != key);
}
