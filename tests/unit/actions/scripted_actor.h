// An actor whose service is a table: what each target answers, and what was asked of it.
#pragma once

#include "common/actions/actor.h"
#include "common/actions/runner.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quarry::unit {

class ScriptedActor : public actions::Actor {
 public:
  std::string request_of(const actions::Action&) override {
    return R"({"method":"POST","url":"https://h/act"})";
  }
  Result<bool> is_unchanged(const actions::Action& action) override {
    if (unseen) return fail(*unseen);
    if (changed.contains(action.name)) return changed[action.name];
    return true;
  }
  Result<std::vector<journal::Record>> gather_evidence(const actions::Action&) override {
    if (!evidence) return fail(ErrorCode::kRemote, "no copy");
    return std::vector<journal::Record>(with_evidence ? 1 : 0, journal::Record{.after = "{}"});
  }
  Result<std::optional<actions::ActResult>> look_up(const actions::Action& action,
                                                    const journal::Entry&) override {
    looked_up.push_back(action.name);
    const auto found = found_out.find(action.name);
    if (found == found_out.end()) return fail(ErrorCode::kRemote, "the service is away");
    return found->second;
  }
  void start(const actions::Action& action, std::function<void(actions::ActResult)> done) override {
    if (on_start) on_start(action);
    started.push_back(action.name);
    waiting_.emplace_back(action.name, std::move(done));
    most_in_flight = std::max(most_in_flight, waiting_.size());
  }
  void step() override {
    if (waiting_.empty()) return;
    auto [name, done] = std::move(waiting_.front());
    waiting_.pop_front();
    const auto found = results.find(name);
    done(found == results.end() ? actions::ActResult{.state = journal::State::kDone, .status = 201}
                                : found->second);
  }
  std::size_t room() const override { return window - waiting_.size(); }

  std::size_t window = 2;
  std::map<std::string, bool> changed;
  std::optional<Error> unseen;  // why nothing can be looked at
  bool evidence = true;
  bool with_evidence = false;
  std::map<std::string, actions::ActResult> results;
  std::map<std::string, std::optional<actions::ActResult>> found_out;
  std::function<void(const actions::Action&)> on_start;
  std::vector<std::string> started;
  std::vector<std::string> looked_up;
  std::size_t most_in_flight = 0;

 private:
  std::deque<std::pair<std::string, std::function<void(actions::ActResult)>>> waiting_;
};

inline std::vector<actions::Action> plan_of(const std::vector<std::string>& names) {
  std::vector<actions::Action> plan;
  for (const std::string& name : names) {
    plan.push_back({.name = name,
                    .tenant = "contoso",
                    .what = name + " it",
                    .target = R"({"id":"m1"})",
                    .undo = R"({"action":"un)" + name + R"(","level":"reversible"})"});
  }
  return plan;
}

}  // namespace quarry::unit
