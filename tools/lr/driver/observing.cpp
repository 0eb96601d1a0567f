// What the driver sees of the service: how its actions stand, which devices have come back.
#include "tools/lr/driver/comment.h"
#include "tools/lr/driver/driver.h"

#include <algorithm>
#include <utility>

namespace quarry::lr {
namespace {

using live_response::MachineAction;

/// Lists that lack an accepted action before it is asked for by its id.
constexpr std::size_t kUnseenLists = 3;

Progress progress_of(live_response::ActionStatus status) {
  switch (status) {
    case live_response::ActionStatus::kInProgress:
      return Progress::kRunning;
    case live_response::ActionStatus::kSucceeded:
      return Progress::kSucceeded;
    case live_response::ActionStatus::kFailed:
      return Progress::kFailed;
    case live_response::ActionStatus::kTimedOut:
      return Progress::kTimedOut;
    case live_response::ActionStatus::kCancelled:
      return Progress::kCancelled;
    default:
      return Progress::kPending;
  }
}

}  // namespace

void Driver::perform(const action::Poll& poll) {
  start_listing(session_.http(), api_, time_of(poll.since),
                [this, asked = now()](const ActionList& list) { on_listed(asked, list); });
}

std::optional<DeviceIndex> Driver::device_of(const MachineAction& action) const {
  const auto [first, last] = by_machine_.equal_range(action.machine_id);
  for (auto at = first; at != last; ++at) {
    const DeviceIndex index = at->second;
    // A list that was asked for earlier may still show an attempt that is over.
    if (!scheduler_.open_sessions().contains(index)) continue;
    const Device& device = devices_[index];
    const bool ours = device.action_id.empty()
                          ? action.comment.find(tag_of(options_.run, jobs_[index],
                                                       device.attempt)) != std::string::npos
                          : device.action_id == action.id;
    if (ours) return index;
  }
  return std::nullopt;
}

void Driver::on_listed(double asked, const ActionList& list) {
  if (!list) {
    events_.emplace_back(event::ListFailed{});
    if (list.error().code() == ErrorCode::kAuth) stop(list.error());
    return;
  }
  event::Listed listed{asked, {}};
  std::set<DeviceIndex> seen;
  for (const MachineAction& action : *list) {
    const std::optional<DeviceIndex> index = device_of(action);
    if (!index || !seen.insert(*index).second) continue;
    const auto observed = observe(*index, action);
    observed ? listed.actions.push_back(*observed) : look_closer(*index);
  }
  for (const DeviceIndex index : scheduler_.open_sessions()) {
    Device& device = devices_[index];
    if (seen.contains(index)) {
      device.unseen = 0;
    } else if (!device.action_id.empty() && ++device.unseen % kUnseenLists == 0) {
      look_closer(index);
    }
  }
  events_.emplace_back(std::move(listed));
}

/// A list may lack what an action of its own shows.
void Driver::look_closer(DeviceIndex index) {
  session_.http().start(api_.action(devices_[index].action_id),
                        [this, index](const net::Outcome& outcome) {
                          if (!outcome.result || !outcome.result->is_success()) return;
                          const auto action = live_response::parse_action(outcome.result->body);
                          if (!action || action->id != devices_[index].action_id) return;
                          if (const auto observed = observe(index, *action))
                            events_.emplace_back(event::Listed{0, {*observed}, false});
                        });
}

std::optional<event::Observed> Driver::observe(DeviceIndex index, const MachineAction& action) {
  Device& device = devices_[index];
  if (device.action_id.empty()) {
    // Found after its answer was lost: from now on it is known by its id.
    device.action_id = action.id;
    written(log_.sent(jobs_[index], device.attempt, action.id, 0, ""));
  }
  const bool final = is_final(action.status);
  if (final && action.commands.empty() && !device.looked_closer &&
      action.status != live_response::ActionStatus::kCancelled) {
    device.looked_closer = true;
    return std::nullopt;
  }
  event::Observed observed{index, progress_of(action.status), 0, action.began()};
  if (!final) return observed;
  device.commands = action.commands;
  device.status = action.status;
  device.trouble = action.trouble;
  device.results.clear();
  for (std::size_t i = 0; i < action.commands.size(); ++i) {
    if (action.commands[i].has_result() && !device.done.contains(action.commands[i].index))
      device.results.push_back(i);
  }
  device.fetches.assign(device.results.size(), 0);
  observed.results = device.results.size();
  return observed;
}

void Driver::perform(const action::Look& look) {
  start_looking(session_.http(), api_, time_of(look.since), [this](const MachineList& machines) {
    if (!machines) return;  // the next look will tell
    for (const live_response::Machine& machine : *machines) {
      const auto [first, last] = by_machine_.equal_range(machine.id);
      for (auto at = first; at != last; ++at)
        events_.emplace_back(event::Seen{at->second, seconds_of(machine.last_seen)});
    }
  });
}

}  // namespace quarry::lr
