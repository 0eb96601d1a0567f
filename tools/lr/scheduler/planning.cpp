// What the scheduler does next: which devices are given up, asked, made room for, fetched from.
#include "tools/lr/scheduler/scheduler.h"

#include <algorithm>
#include <limits>

namespace quarry::lr {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
/// The service's clock, which dates our actions, may be so far from ours.
constexpr double kClockSkew = 600;
/// An answer that takes longer does not hold up the next submission.
constexpr double kLongAnswer = 3;
/// Past the deadline: how long a session may still run, and how long a cancellation may take.
constexpr double kLongestSession = 3 * 3600;
constexpr double kLongestCancel = 900;

}  // namespace

void Scheduler::plan(double now) {
  expire(now);
  submit(now);
  make_room(now);
  fetch(now);
  poll(now);
  look(now);
}

void Scheduler::expire(double now) {
  const std::vector<DeviceIndex> sessions(sessions_.begin(), sessions_.end());
  for (const DeviceIndex index : sessions) expire_session(now, index);
  if (now < deadline()) return;
  // Who ends may let another into a queue.
  for (auto queue = queues_.begin(); queue != queues_.end();) {
    if (queue->empty()) {
      ++queue;
      continue;
    }
    const DeviceIndex index = std::get<DeviceIndex>(*queue->begin());
    queue->erase(queue->begin());
    finish(index, devices_[index].attempts > 0 ? Outcome::kPendingExpired : Outcome::kSkipped);
    queue = queues_.begin();
  }
}

void Scheduler::expire_session(double now, DeviceIndex index) {
  Device& device = devices_[index];
  const bool late = now >= deadline();
  if (device.phase == Phase::kPending &&
      (late || now >= device.sent_at + options_.pending_seconds)) {
    device.expired = late;
    cancel(now, index);
  }
  if (!late) return;
  if (device.phase == Phase::kRunning && now >= device.sent_at + kLongestSession)
    cancel(now, index);
  device.expired = true;
  // Nobody answers for it any more: the run must end.
  if (device.phase == Phase::kCancelling && !device.cancel_awaited &&
      now >= device.given_up_at + kLongestCancel) {
    sessions_.erase(index);
    finish(index, Outcome::kPendingExpired);
  }
}

std::optional<DeviceIndex> Scheduler::next_turn(double now) const {
  for (const Queue queue : {Queue::kSoon, Queue::kFresh, Queue::kLater}) {
    const std::set<Turn>& turns = queue_of(queue);
    if (!turns.empty() && std::get<0>(*turns.begin()) <= now)
      return std::get<DeviceIndex>(*turns.begin());
  }
  return std::nullopt;
}

std::size_t Scheduler::turns(double now, std::size_t most) const {
  std::size_t count = 0;
  for (const std::set<Turn>& queue : queues_) {
    for (auto turn = queue.begin(); turn != queue.end() && count < most; ++turn) {
      if (std::get<0>(*turn) > now) break;
      ++count;
    }
  }
  return count;
}

double Scheduler::next_submission(double now) const {
  double next = submissions_.next(now);
  if (submitting_) next = std::max(next, devices_[*submitting_].sent_at + kLongAnswer);
  return next;
}

void Scheduler::submit(double now) {
  while (sessions_.size() < options_.max_sessions && next_submission(now) <= now) {
    const std::optional<DeviceIndex> index = next_turn(now);
    if (!index) return;
    unqueue(*index);
    Device& device = devices_[*index];
    device.phase = Phase::kSubmitting;
    device.sent_at = now;
    ++answers_awaited_;
    sessions_.insert(*index);
    submitting_ = index;
    submissions_.note(now);
    out_.push_back(action::Submit{*index, ++device.attempts});
  }
}

/// So long a device may keep a place that another needs: even if all were off, as many places come
/// free as submissions may go.
double Scheduler::patience() const {
  return std::max(60.0, 60.0 * static_cast<double>(options_.max_sessions) /
                            static_cast<double>(options_.submissions_a_minute));
}

void Scheduler::make_room(double now) {
  std::size_t wanted = turns(now, submissions_.room(now));
  if (wanted == 0) return;
  std::vector<DeviceIndex> slow;
  for (const DeviceIndex index : sessions_) {
    const Device& device = devices_[index];
    if (device.phase == Phase::kCancelling && wanted > 0) --wanted;
    if (device.phase == Phase::kPending && now >= device.sent_at + patience())
      slow.push_back(index);
  }
  wanted -=
      std::min(wanted, options_.max_sessions - std::min(options_.max_sessions, sessions_.size()));
  std::sort(slow.begin(), slow.end(), [this](DeviceIndex a, DeviceIndex b) {
    return devices_[a].sent_at < devices_[b].sent_at;
  });
  for (std::size_t i = 0; i < std::min(wanted, slow.size()); ++i) cancel(now, slow[i]);
}

bool Scheduler::cancel(double now, DeviceIndex index) {
  if (cancels_.next(now) > now) return false;
  cancels_.note(now);
  Device& device = devices_[index];
  const bool has_begun = device.phase == Phase::kRunning;
  device.phase = Phase::kCancelling;
  device.since = now;
  if (device.given_up_at < device.sent_at) device.given_up_at = now;
  device.cancel_awaited = true;
  ++answers_awaited_;
  out_.push_back(action::Cancel{index, has_begun});
  return true;
}

void Scheduler::fetch(double now) {
  while (downloading_ < options_.max_downloads && !downloads_.empty() && links_.next(now) <= now) {
    const auto [due, index, result] = *downloads_.begin();
    if (due > now) return;
    downloads_.erase(downloads_.begin());
    links_.note(now);
    ++downloading_;
    out_.push_back(action::Fetch{index, result});
  }
}

/// A session that has ended and is not noticed keeps a device waiting that was never asked.
double Scheduler::poll_interval(double now) const {
  const bool is_full = sessions_.size() >= options_.max_sessions;
  const auto waits = [&](Queue queue) {
    const std::set<Turn>& turns = queue_of(queue);
    return !turns.empty() && std::get<0>(*turns.begin()) <= now;
  };
  const bool hurry = is_full && (waits(Queue::kSoon) || waits(Queue::kFresh));
  return hurry ? options_.poll_every / 2 : options_.poll_every;
}

void Scheduler::poll(double now) {
  if (polling_ || now < next_poll_ || lists_.next(now) > now) return;
  double since = kNever;
  for (const DeviceIndex index : sessions_) {
    if (devices_[index].phase != Phase::kSubmitting)
      since = std::min(since, devices_[index].sent_at);
  }
  if (since == kNever) return;
  polling_ = true;
  lists_.note(now);
  next_poll_ = now + poll_interval(now);
  out_.push_back(action::Poll{since - kClockSkew});
}

/// Devices that did not answer may be on again; the service knows when it last heard of them.
void Scheduler::look(double now) {
  if (queue_of(Queue::kLater).empty() || now < next_look_) return;
  out_.push_back(action::Look{latest_look_ - kClockSkew});
  latest_look_ = now;
  next_look_ = now + options_.look_every;
}

double Scheduler::next_tick(double now) const {
  double next = now + 3600;
  if (!sessions_.empty()) next = polling_ ? now + options_.poll_every : std::max(now, next_poll_);
  if (sessions_.size() < options_.max_sessions) {
    for (const std::set<Turn>& queue : queues_) {
      if (!queue.empty())
        next = std::min(next, std::max(std::get<0>(*queue.begin()), next_submission(now)));
    }
  }
  if (!downloads_.empty() && downloading_ < options_.max_downloads)
    next = std::min(next, std::max(std::get<0>(*downloads_.begin()), links_.next(now)));
  for (const DeviceIndex index : sessions_) {
    const Device& device = devices_[index];
    if (device.phase == Phase::kPending) next = std::min(next, device.sent_at + patience());
  }
  if (!queue_of(Queue::kLater).empty()) next = std::min(next, next_look_);
  if (now < deadline()) next = std::min(next, deadline());
  return std::max(next, now + 0.5);
}

}  // namespace quarry::lr
