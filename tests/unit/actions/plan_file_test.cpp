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
  Plan other = sample();
  other.run = "R2";
  const std::string mixed = text + to_text(other, "lr");
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

TEST_CASE("no member of a step may be edited, added or taken away") {
  const std::string text = to_text(sample(), "lr");
  const std::string line = text.substr(0, text.find('\n') + 1);
  const auto edited = [&line](const std::string& from, const std::string& to) {
    CAPTURE(from);
    const std::size_t at = line.find(from);
    REQUIRE(at != std::string::npos);
    std::string changed = line;
    changed.replace(at, from.size(), to);
    const auto refused = read_plan(changed, "p", "lr");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().file() == "p:1");
    CHECK(refused.error().message() == "the step was changed after it was planned");
  };
  edited(R"("run":"R1")", R"("run":"R2")");
  edited(R"("action":"isolate")", R"("action":"release")");
  edited(R"("level":"severe")", R"("level":"reversible")");
  edited(R"("tenant":"contoso")", R"("tenant":"fabrikam")");
  edited(R"("what":"isolate wks-1")", R"("what":"look at wks-1")");
  edited(R"("machine":"m1")", R"("machine":"m2")");
  edited(R"("type":"Full")", R"("type":"Selective")");
  edited(R"("before":{"isolated":false})", R"("before":{"isolated":true})");
  edited(R"("before":{"isolated":false},)", "");
  edited(R"("undo":{"action":"release"})", R"("undo":{"action":"isolate"})");
  edited(R"("undo":{"action":"release"},)", "");
  edited(R"("row_sha256":"s")", R"("row_sha256":"t")");
  edited(R"("row":{"a":1})", R"("row":{"a":2})");
  edited(R"("digest":")", R"("digest":"0)");
  edited(R"("digest":")", R"("other":")");
  CHECK(read_plan(line, "p", "lr"));
}

TEST_CASE("blanks between the members of a step change nothing") {
  Plan plan = sample();
  plan.actions[0].before = R"({ "isolated" : false })";
  CHECK(read_plan(to_text(plan, "lr"), "p", "lr"));
}

TEST_CASE("a step whose digest is right cannot claim another level than its act has") {
  Plan plan = sample();
  const LevelOf level_of = [](const Action& action) -> std::optional<Level> {
    if (action.name == "isolate") return Level::kSevere;
    return action.name == "tag" ? std::optional(Level::kReversible) : std::nullopt;
  };
  CHECK(read_plan(to_text(plan, "lr"), "p", "lr", level_of));
  plan.actions[0].level = Level::kReversible;
  CHECK(read_plan(to_text(plan, "lr"), "p", "lr"));
  CHECK(read_plan(to_text(plan, "lr"), "p", "lr", level_of).error().message() ==
        "the step says reversible, and 'isolate' is severe");
  plan.actions[0].name = "burn";
  CHECK(read_plan(to_text(plan, "lr"), "p", "lr", level_of).error().message() ==
        "lr has no act 'burn' of this kind");
}
