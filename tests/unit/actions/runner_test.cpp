#include "common/actions/runner.h"

#include "tests/unit/actions/scripted_actor.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::actions;
using journal::Journal;
using journal::Op;
using journal::State;
using quarry::unit::plan_of;
using quarry::unit::ScriptedActor;
using quarry::unit::TemporaryFolder;

namespace {

Journal open_journal(const TemporaryFolder& folder) {
  auto journal =
      Journal::open({.path = folder / "R.ndjson", .tool = "lr", .run = "R", .by = "ann"});
  REQUIRE(journal);
  return *std::move(journal);
}

RunSummary run(const TemporaryFolder& folder, const std::vector<Action>& plan, ScriptedActor& actor,
               RunnerOptions options = {}) {
  Journal journal = open_journal(folder);
  return Runner(plan, actor, journal, std::move(options)).run();
}

std::string trail(const TemporaryFolder& folder) {
  std::string text;
  const Journal journal = open_journal(folder);
  for (const auto& entry : journal.earlier()) {
    text += text.empty() ? "" : " ";
    text += journal::name_of(entry.record.op);
    if (entry.record.state != State::kNone)
      text += ":" + std::string(journal::name_of(entry.record.state));
  }
  return text;
}

}  // namespace

TEST_CASE("intents of a group are written before the first act begins, outcomes after") {
  const TemporaryFolder folder;
  ScriptedActor actor;
  actor.with_evidence = true;
  const auto summary = run(folder, plan_of({"a", "b", "c"}), actor, {.reason = "case"});
  CHECK(summary.done == 3);
  CHECK(summary.is_complete());
  CHECK(exit_status_of(summary) == 0);
  CHECK(actor.most_in_flight == 2);
  CHECK(trail(folder) ==
        "evidence intent evidence intent outcome:done evidence intent outcome:done outcome:done");
  const Journal journal = open_journal(folder);
  const std::vector<journal::Entry>& entries = journal.earlier();
  CHECK(entries[1].record.reason == "case");
  CHECK(entries[1].record.request == R"({"method":"POST","url":"https://h/act"})");
  CHECK(entries[1].record.undo == R"({"action":"una","level":"reversible"})");
  CHECK(entries[4].record.status == 201);
}

TEST_CASE("a second run does nothing that the first did") {
  const TemporaryFolder folder;
  ScriptedActor first;
  first.results["b"] = {.state = State::kFailed, .status = 400, .message = "no"};
  const auto summary = run(folder, plan_of({"a", "b"}), first);
  CHECK(summary.failed == 1);
  CHECK(exit_status_of(summary) == 6);
  ScriptedActor second;
  const auto again = run(folder, plan_of({"a", "b", "c", "c"}), second);
  CHECK(second.started == std::vector<std::string>{"b", "c"});
  CHECK(again.already == 2);
  CHECK(again.done == 2);
  CHECK(exit_status_of(again) == 0);
}

TEST_CASE("an act that the plan lists twice is done once, and both come to the same") {
  const TemporaryFolder folder;
  ScriptedActor actor;
  actor.results["bad"] = {.state = State::kFailed, .status = 404, .message = "no such file"};
  std::vector<std::string> told;
  const auto summary =
      run(folder, plan_of({"bad", "bad", "good", "good"}), actor,
          {.on_result = [&told](const Action& action, const ActResult& result) {
            told.push_back(action.name + " " + std::string(journal::name_of(result.state)) + " " +
                           result.message);
          }});
  CHECK(actor.started == std::vector<std::string>{"bad", "good"});
  CHECK(told == std::vector<std::string>{"bad failed no such file", "bad failed no such file",
                                         "good done ", "good done twice in the plan"});
  CHECK(summary.planned == 4);
  CHECK(summary.failed == 2);
  CHECK(summary.done == 1);
  CHECK(summary.already == 1);
  CHECK(summary.left == 0);
  CHECK(exit_status_of(summary) == 6);
}

TEST_CASE("an act that the plan lists twice and that was not begun is left twice") {
  const TemporaryFolder folder;
  CancelToken cancel;
  cancel.cancel(CancelReason::kInterrupted);
  ScriptedActor actor;
  CHECK(run(folder, plan_of({"a", "a"}), actor, {.cancel = &cancel}).left == 2);
}

TEST_CASE("an act that was begun is looked up, never repeated blindly") {
  const TemporaryFolder folder;
  {
    Journal journal = open_journal(folder);
    for (const Action& action : plan_of({"arrived", "never", "hidden"}))
      REQUIRE(journal.append({.op = Op::kIntent, .key = key_of(action)}));
  }
  ScriptedActor actor;
  actor.found_out["arrived"] = ActResult{.state = State::kDone, .request_id = "old"};
  actor.found_out["never"] = std::nullopt;
  const auto summary = run(folder, plan_of({"arrived", "never", "hidden"}), actor);
  CHECK(actor.looked_up == std::vector<std::string>{"arrived", "never", "hidden"});
  CHECK(actor.started == std::vector<std::string>{"never"});
  CHECK(summary.done == 2);
  CHECK(summary.unknown == 1);
  CHECK(exit_status_of(summary) == 6);
  CHECK(summary.first_failure->message() ==
        "begun earlier, and it cannot be looked up: the service is away");
}

TEST_CASE("what has changed since the plan, or cannot be saved before, is not done") {
  const TemporaryFolder folder;
  ScriptedActor actor;
  actor.changed["a"] = false;
  const auto summary = run(folder, plan_of({"a"}), actor);
  CHECK(summary.changed == 1);
  CHECK(actor.started.empty());
  CHECK(exit_status_of(summary) == 7);
  CHECK(trail(folder) == "note:failed");
  actor.evidence = false;
  CHECK(run(folder, plan_of({"b"}), actor).failed == 1);
  CHECK(actor.started.empty());
}

TEST_CASE("what cannot be looked at failed and was not begun: it is not called changed") {
  const TemporaryFolder folder;
  ScriptedActor actor;
  actor.unseen = Error(ErrorCode::kAuth, "no credential");
  std::vector<bool> attempted;
  const auto summary = run(folder, plan_of({"a", "b"}), actor,
                           {.on_result = [&attempted](const Action&, const ActResult& result) {
                             attempted.push_back(result.attempted);
                           }});
  CHECK(actor.started.empty());
  CHECK(summary.changed == 0);
  CHECK(summary.failed == 2);
  CHECK(attempted == std::vector<bool>{false, false});
  CHECK(exit_status_of(summary) == 4);
}

TEST_CASE("a failure that concerns all stops the run, what is in flight ends in order") {
  const TemporaryFolder folder;
  ScriptedActor actor;
  actor.results["a"] = {.state = State::kFailed,
                        .status = 403,
                        .message = "Machine.LiveResponse is missing",
                        .code = ErrorCode::kAuth,
                        .stop_all = true};
  const auto summary = run(folder, plan_of({"a", "b", "c", "d"}), actor);
  CHECK(actor.started == std::vector<std::string>{"a", "b"});
  CHECK(summary.failed == 1);
  CHECK(summary.done == 1);
  CHECK(summary.left == 2);
  CHECK(summary.stopped_by->message() == "Machine.LiveResponse is missing");
  actor.results["c"] = actor.results["a"];
  const TemporaryFolder other;
  actor.window = 1;
  CHECK(exit_status_of(run(other, plan_of({"c", "d"}), actor)) == 4);
}

TEST_CASE("Ctrl-C begins nothing new and records what was in flight") {
  const TemporaryFolder folder;
  CancelToken cancel;
  ScriptedActor actor;
  actor.on_start = [&cancel](const Action& action) {
    if (action.name == "b") cancel.cancel(CancelReason::kInterrupted);
  };
  const auto summary = run(folder, plan_of({"a", "b", "c"}), actor, {.cancel = &cancel});
  CHECK(summary.done == 2);
  CHECK(summary.left == 1);
  CHECK(exit_status_of(summary) == 130);
  CHECK(trail(folder) == "intent intent outcome:done outcome:done");
  CHECK(to_json(summary, "lr", "R") ==
        R"({"_type":"summary","tool":"lr","run":"R","planned":3,"done":2,"already":0,"state_changed":0,)"
        R"("failed":0,"unknown":0,"left":1,"stopped_by":"interrupted"})");
}
