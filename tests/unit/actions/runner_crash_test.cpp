// The loop against kill -9 and a full disk: with the help of the service's memory, every act is
// done exactly once.
#include "common/actions/runner.h"
#include "tests/unit/actions/scripted_actor.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::actions;
using journal::Journal;
using journal::State;
using quarry::unit::plan_of;
using quarry::unit::TemporaryFolder;

namespace {

std::vector<Action> long_plan() {
  std::vector<std::string> names;
  for (int i = 0; i < 60; ++i) names.push_back("act-" + std::to_string(i));
  return plan_of(names);
}

/// A service that remembers in a file what it was asked to do, across crashes of the client. The
/// client dies at the n-th point of its life: before an act reaches the service, or right after.
class RememberingActor : public unit::ScriptedActor {
 public:
  RememberingActor(std::string file, int die_at) : file_(std::move(file)), die_at_(die_at) {}

  void start(const Action& action, std::function<void(ActResult)> done) override {
    maybe_die();
    std::ofstream(file_, std::ios::app) << action.name << std::endl;
    maybe_die();
    ScriptedActor::start(action, std::move(done));
  }
  void step() override {
    maybe_die();
    ScriptedActor::step();
  }
  Result<std::optional<ActResult>> look_up(const Action& action, const journal::Entry&) override {
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
      if (line == action.name) return std::optional(ActResult{.state = State::kDone});
    }
    return std::optional<ActResult>();
  }

 private:
  void maybe_die() {
    if (--die_at_ == 0) ::kill(::getpid(), SIGKILL);
  }
  std::string file_;
  int die_at_;
};

/// Runs the plan in a child; its exit status, or -1 where it was killed.
int run_in_child(const TemporaryFolder& folder, int die_at, rlim_t largest_file = RLIM_INFINITY) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (largest_file != RLIM_INFINITY) {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{largest_file, largest_file};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    RememberingActor actor(folder / "service", die_at);
    auto journal =
        Journal::open({.path = folder / "R.ndjson", .tool = "lr", .run = "R", .by = "ann"});
    if (!journal) ::_exit(99);
    const std::vector<Action> plan = long_plan();
    const RunSummary summary = Runner(plan, actor, *journal, {}).run();
    ::_exit(exit_status_of(summary));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::map<std::string, int> asked(const TemporaryFolder& folder) {
  std::map<std::string, int> all;
  std::ifstream in(folder / "service");
  for (std::string line; std::getline(in, line);) ++all[line];
  return all;
}

void check_each_once(const TemporaryFolder& folder) {
  const auto all = asked(folder);
  CHECK(all.size() == 60);
  for (const auto& [name, times] : all) {
    CAPTURE(name);
    CHECK(times == 1);
  }
}

}  // namespace

TEST_CASE("killed again and again, a run does every act exactly once") {
  const TemporaryFolder folder;
  int kills = 0;
  for (int round = 0; round < 200; ++round) {
    const int status = run_in_child(folder, 3 + round * 5 % 17);
    if (status == 0) break;
    REQUIRE(status == -1);
    ++kills;
  }
  CHECK(kills > 5);
  CHECK(run_in_child(folder, -1) == 0);
  check_each_once(folder);
}

TEST_CASE("a disk that fills up stops the run; with room again it goes on where it was") {
  const TemporaryFolder folder;
  const int status = run_in_child(folder, -1, 20'000);
  CHECK(status == 6);
  const std::size_t before = asked(folder).size();
  CHECK(before > 0);
  CHECK(before < 60);
  CHECK(run_in_child(folder, -1) == 0);
  check_each_once(folder);
}
