#include "tools/lr/act/act_history.h"

#include "common/journal/resume.h"
#include "common/json/document.h"
#include "tools/lr/act/remove_actor.h"
#include "tools/lr/run/job.h"

#include <fmt/format.h>

#include <cstddef>
#include <map>

namespace quarry::lr {
namespace {

using journal::Standing;

std::string member_of(const std::string& json, std::string_view key) {
  const auto document = json::Document::parse(json, "journal");
  return document ? std::string(document->root().find(key).as_string().value_or("")) : "";
}

std::string state_of(Standing standing) {
  switch (standing) {
    case Standing::kNew:
      return "waiting";
    case Standing::kOpen:
      return "unknown";
    case Standing::kDone:
      return "done";
    case Standing::kFailed:
      return "failed";
    case Standing::kUndone:
      return "undone";
  }
  return {};
}

}  // namespace

std::vector<StepHistory> read_steps(const actions::Plan& plan,
                                    std::span<const journal::Entry> entries) {
  const journal::RunState states(entries);
  std::vector<StepHistory> steps;
  std::map<std::string, std::size_t> places;
  for (const actions::Action& action : plan.actions) {
    const std::string key = actions::key_of(action);
    StepHistory step{.device_id = member_of(action.target, "device_id"),
                     .device = member_of(action.target, "device"),
                     .state = state_of(states.standing(key))};
    if (step.device.empty()) step.device = member_of(action.target, "library_file");
    if (const journal::KeyState* const known = states.find(key)) {
      step.message = known->latest.record.message;
      step.action_id = member_of(known->latest.record.after, "action_id");
    }
    places.emplace(key, steps.size());
    steps.push_back(std::move(step));
  }
  for (const journal::Entry& entry : entries) {
    const auto place = places.find(entry.record.key);
    if (place == places.end()) continue;
    StepHistory& step = steps[place->second];
    step.attempts += entry.record.op == journal::Op::kIntent ? 1 : 0;
    // Not done, because the world had changed: no outcome, but an end.
    if (entry.record.op == journal::Op::kNote && step.state == "waiting") {
      step.state = "failed";
      step.message = entry.record.message;
    }
  }
  return steps;
}

std::string command_of(const actions::Plan& plan) {
  if (plan.actions.empty()) return {};
  const std::string& name = plan.actions.front().name;
  if (name == kPushAction) return "library push";
  if (name == kRemoveAction) return "library rm";
  return "action " + name;
}

}  // namespace quarry::lr
