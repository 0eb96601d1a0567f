// What each event tells the scheduler.
#include "tools/lr/scheduler/scheduler.h"

#include <utility>

namespace quarry::lr {
namespace {

constexpr double kFetchAgain = 60;
constexpr double kCancelTakes = 60;

Outcome outcome_of(Progress progress) {
  if (progress == Progress::kSucceeded) return Outcome::kSucceeded;
  if (progress == Progress::kTimedOut) return Outcome::kTimedOut;
  return progress == Progress::kCancelled ? Outcome::kCancelled : Outcome::kFailed;
}

}  // namespace

/// What each event means.
struct Scheduler::Handler {
  Scheduler& all;
  double now;

  Device& answered(DeviceIndex index) const {
    --all.answers_awaited_;
    return all.devices_[index];
  }
  Device& submitted(DeviceIndex index) const {
    Device& device = answered(index);
    all.submissions_.settle(device.sent_at, now);
    if (all.submitting_ == index) all.submitting_.reset();
    return device;
  }
  void operator()(const event::Tick&) const {}
  void operator()(const event::Accepted& accepted) const {
    Device& device = submitted(accepted.device);
    device.phase = Phase::kPending;
    device.refusals = 0;
  }
  void operator()(const event::Busy& busy) const {
    submitted(busy.device);
    all.try_again(now, busy.device, 60);
  }
  void operator()(const event::NotSent& not_sent) const {
    all.submissions_.take_back(all.devices_[not_sent.device].sent_at);
    submitted(not_sent.device);
    all.try_again(now, not_sent.device, 10);
  }
  void operator()(const event::Throttled& throttled) const {
    // What is turned away does not count; the service says itself when it is ready again.
    all.submissions_.take_back(all.devices_[throttled.device].sent_at);
    const Device& device = submitted(throttled.device);
    all.submissions_.block_until(now + throttled.wait);
    all.sessions_.erase(throttled.device);
    all.enqueue(throttled.device, device.put_backs > 0 ? Queue::kSoon : Queue::kFresh, now);
  }
  void operator()(const event::Lost& lost) const {
    Device& device = submitted(lost.device);
    device.phase = Phase::kLost;
    device.since = now;
  }
  void operator()(const event::Refused& refused) const {
    submitted(refused.device);
    all.sessions_.erase(refused.device);
    all.finish(refused.device, refused.outcome);
  }
  void operator()(const event::Listed& listed) const {
    for (const event::Observed& seen : listed.actions) all.observe(now, seen);
    if (listed.whole) {
      all.polling_ = false;
      all.settle_lost(listed.asked);
    }
  }
  void operator()(const event::ListFailed&) const {
    all.polling_ = false;
    all.next_poll_ = now + 2 * all.poll_interval(now);
  }
  void operator()(const event::CancelAnswered& cancelled) const {
    answered(cancelled.device).cancel_awaited = false;
  }
  void operator()(const event::Begun& begun) const {
    Device& device = answered(begun.device);
    device.cancel_awaited = false;
    if (device.phase == Phase::kCancelling) device.phase = Phase::kRunning;
  }
  void operator()(const event::Fetched& fetched) const {
    --all.downloading_;
    Device& device = all.devices_[fetched.device];
    if (--device.results_left == 0) all.finish(fetched.device, device.outcome);
  }
  void operator()(const event::FetchFailed& failed) const {
    --all.downloading_;
    all.downloads_.insert({now + kFetchAgain, failed.device, failed.result});
  }
  /// It has come back since it was asked in vain: its turn is now, while it is on.
  void operator()(const event::Seen& seen) const {
    Device& device = all.devices_[seen.device];
    if (device.phase != Phase::kQueued || device.queue != Queue::kLater ||
        seen.at <= device.sent_at)
      return;
    all.unqueue(seen.device);
    device.last_seen = seen.at;
    all.enqueue(seen.device, Queue::kSoon, now);
  }
  void operator()(const event::Stop&) const { all.stopped_ = true; }
};

std::vector<Action> Scheduler::step(double now, const Event& event) {
  out_.clear();
  std::visit(Handler{*this, now}, event);
  if (!stopped_) plan(now);
  return std::move(out_);
}

void Scheduler::observe(double now, const event::Observed& seen) {
  Device& device = devices_[seen.device];
  if (device.phase < Phase::kLost || device.phase > Phase::kCancelling) return;
  if (is_final(seen.progress)) return end_session(now, seen.device, seen);
  // Lists lag behind; a cancellation that had no effect may be asked for again.
  if (device.phase == Phase::kCancelling &&
      (device.cancel_awaited || now < device.since + kCancelTakes))
    return;
  device.phase = seen.progress == Progress::kRunning ? Phase::kRunning : Phase::kPending;
}

void Scheduler::end_session(double now, DeviceIndex index, const event::Observed& seen) {
  Device& device = devices_[index];
  const bool given_up = device.phase == Phase::kCancelling;
  // Once a command has begun, doing them all again would be doing something twice.
  if (given_up && seen.progress == Progress::kCancelled && !seen.began) return put_back(now, index);
  sessions_.erase(index);
  device.outcome = outcome_of(seen.progress);
  device.results_left = seen.results;
  if (seen.results == 0) return finish(index, device.outcome);
  device.phase = Phase::kFetching;
  for (std::size_t i = 0; i < seen.results; ++i) downloads_.insert({now, index, i});
}

/// The list was asked for long after the submission, and does not have it: it never arrived.
void Scheduler::settle_lost(double asked) {
  const std::vector<DeviceIndex> sessions(sessions_.begin(), sessions_.end());
  for (const DeviceIndex index : sessions) {
    const Device& device = devices_[index];
    if (device.phase != Phase::kLost || asked < device.since + options_.settle) continue;
    sessions_.erase(index);
    enqueue(index, Queue::kSoon, asked);
  }
}

}  // namespace quarry::lr
