// What the scheduler knows of each device, and the queues in which they wait. What it makes of
// events stands in hearing.cpp, what it does next in planning.cpp.
#include "tools/lr/scheduler/scheduler.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace quarry::lr {
namespace {

/// Another turn of a device that did not begin: after 5 minutes, twice as long each time, up to
/// this.
constexpr double kFirstPutBack = 300;
constexpr double kLongestPutBack = 7200;
constexpr double kLongestRefusal = 1800;

double doubled(double first, std::uint32_t times, double longest) {
  return std::min(longest, first * std::exp2(std::min<std::uint32_t>(times, 20)));
}

}  // namespace

Scheduler::Scheduler(SchedulerOptions options, std::span<const DeviceStart> devices, double now)
    : options_(options),
      devices_(devices.size()),
      submissions_({{options.submissions_a_minute, 60}}),
      lists_({{100, 60}, {1500, 3600}}),
      links_({{100, 60}, {1500, 3600}}),
      cancels_({{100, 60}, {1500, 3600}}),
      latest_look_(now),
      next_look_(now + options.look_every) {
  for (DeviceIndex i = 0; i < devices.size(); ++i) {
    const DeviceStart& start = devices[i];
    Device& device = devices_[i];
    device.last_seen = start.last_seen;
    device.attempts = start.attempts;
    device.sent_at = start.sent_at;
    device.since = now;
    device.given_up_at = now;
    switch (start.stand) {
      case DeviceStart::Stand::kWaiting:
        if (start.behind && devices_[*start.behind].phase != Phase::kEnded) {
          device.phase = Phase::kBehind;
          devices_[*start.behind].next = i;
          ++behind_;
          continue;
        }
        enqueue(i, start.attempts > 0 ? Queue::kLater : Queue::kFresh, now);
        continue;
      case DeviceStart::Stand::kEnded:
        device.phase = Phase::kEnded;
        ++ended_;
        continue;
      case DeviceStart::Stand::kLost:
        device.phase = Phase::kLost;
        break;
      case DeviceStart::Stand::kSent:
        device.phase = Phase::kPending;
        break;
      case DeviceStart::Stand::kCancelling:
        device.phase = Phase::kCancelling;
        break;
    }
    sessions_.insert(i);
  }
}

bool Scheduler::is_done() const {
  if (answers_awaited_ > 0 || downloading_ > 0) return false;
  return stopped_ || ended_ == devices_.size();
}

Scheduler::Turn Scheduler::turn_of(DeviceIndex index) const {
  const Device& device = devices_[index];
  return {device.queue == Queue::kFresh ? 0 : device.since, -device.last_seen, index};
}

void Scheduler::enqueue(DeviceIndex index, Queue queue, double due) {
  Device& device = devices_[index];
  device.phase = Phase::kQueued;
  device.queue = queue;
  device.since = due;
  queue_of(queue).insert(turn_of(index));
}

void Scheduler::unqueue(DeviceIndex index) {
  queue_of(devices_[index].queue).erase(turn_of(index));
}

/// The service did not take it, for now.
void Scheduler::try_again(double now, DeviceIndex index, double first_wait) {
  Device& device = devices_[index];
  sessions_.erase(index);
  enqueue(index, Queue::kSoon, now + doubled(first_wait, device.refusals++, kLongestRefusal));
}

/// It was taken and did not begin.
void Scheduler::put_back(double now, DeviceIndex index) {
  Device& device = devices_[index];
  sessions_.erase(index);
  if (device.expired) return finish(index, Outcome::kPendingExpired);
  out_.push_back(action::PutBack{index});
  enqueue(index, Queue::kLater, now + doubled(kFirstPutBack, device.put_backs++, kLongestPutBack));
}

void Scheduler::finish(DeviceIndex index, Outcome outcome) {
  devices_[index].phase = Phase::kEnded;
  ++ended_;
  out_.push_back(action::Finish{index, outcome});
  if (const std::optional<DeviceIndex> next = std::exchange(devices_[index].next, std::nullopt)) {
    --behind_;
    enqueue(*next, Queue::kFresh, 0);
  }
}

Scheduler::Counts Scheduler::counts() const {
  Counts counts{.waiting = queue_of(Queue::kFresh).size() + behind_,
                .put_back = queue_of(Queue::kSoon).size() + queue_of(Queue::kLater).size(),
                .ended = ended_};
  for (const DeviceIndex index : sessions_)
    ++(devices_[index].phase == Phase::kRunning ? counts.running : counts.pending);
  counts.fetching =
      devices_.size() - counts.waiting - counts.put_back - counts.ended - sessions_.size();
  return counts;
}

}  // namespace quarry::lr
