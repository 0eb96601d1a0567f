#include "common/actions/undo.h"

#include "common/actions/runner.h"
#include "tests/unit/actions/scripted_actor.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::actions;
using journal::Journal;
using journal::State;

TEST_CASE("the undo of a run takes back what was done, the newest first") {
  const unit::TemporaryFolder folder;
  const journal::JournalOptions options{
      .path = folder / "R.ndjson", .tool = "lr", .run = "R", .by = "ann"};
  unit::ScriptedActor actor;
  actor.window = 1;
  actor.results["b"] = {.state = State::kFailed};
  actor.results["c"] = {.state = State::kDone,
                        .undo = R"({"action":"restore","level":"severe","what":"restore c",)"
                                R"("target":{"id":"new"},"parameters":{"x":1}})"};
  std::vector<Action> plan = unit::plan_of({"a", "b", "c", "d"});
  plan[3].undo.clear();
  {
    auto journal = Journal::open(options);
    REQUIRE(journal);
    Runner(plan, actor, *journal, {}).run();
  }
  const UndoPlan undo = undo_plan(Journal::open(options)->earlier(), "R");
  CHECK(undo.irreversible == 1);
  CHECK(undo.plan.run == "R.undo");
  REQUIRE(undo.plan.actions.size() == 2);
  CHECK(undo.plan.actions[0] == Action{.name = "restore",
                                       .tenant = "contoso",
                                       .level = Level::kSevere,
                                       .what = "restore c",
                                       .target = R"({"id":"new"})",
                                       .parameters = R"({"x":1})"});
  CHECK(undo.plan.actions[1].name == "una");
  CHECK(undo.plan.actions[1].level == Level::kReversible);
  // It is a plan like any other.
  const auto read = read_plan(to_text(undo.plan, "lr"), "undo", "lr");
  REQUIRE(read);
  CHECK(read->actions == undo.plan.actions);
}

TEST_CASE("an undo keeps what it needs of an action") {
  const Action action{.name = "release",
                      .tenant = "t",
                      .level = Level::kReversible,
                      .what = "release wks-1",
                      .target = R"({"id":"m"})",
                      .parameters = R"({"Comment":"c"})"};
  const auto back = parse_undo(undo_json(action), "t");
  REQUIRE(back);
  CHECK(*back == action);
  CHECK_FALSE(parse_undo("{}", "t"));
  CHECK_FALSE(parse_undo("", "t"));
}
