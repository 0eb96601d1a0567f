#include "tools/lr/scheduler/scheduler.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quarry::lr {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
/// The service's clock, which dates our actions, may be so far from ours.
constexpr double kClockSkew = 600;
/// Another turn of a device that did not begin: after 5 minutes, twice as long each time, up to
/// this.
constexpr double kFirstPutBack = 300;
constexpr double kLongestPutBack = 7200;
constexpr double kLongestRefusal = 1800;
constexpr double kFetchAgain = 60;
constexpr double kCancelTakes = 60;
/// An answer that takes longer does not hold up the next submission.
constexpr double kLongAnswer = 5;
/// Past the deadline: how long a session may still run, and how long a cancellation may take.
constexpr double kLongestSession = 3 * 3600;
constexpr double kLongestCancel = 900;

double doubled(double first, std::uint32_t times, double longest) {
  return std::min(longest, first * std::exp2(std::min<std::uint32_t>(times, 20)));
}

Outcome outcome_of(Progress progress) {
  if (progress == Progress::kSucceeded) return Outcome::kSucceeded;
  if (progress == Progress::kTimedOut) return Outcome::kTimedOut;
  return progress == Progress::kCancelled ? Outcome::kCancelled : Outcome::kFailed;
}

}  // namespace

Scheduler::Scheduler(SchedulerOptions options, std::span<const DeviceStart> devices, double now)
    : options_(options),
      devices_(devices.size()),
      submissions_({{options.submissions_a_minute, 60}}),
      lists_({{100, 60}, {1500, 3600}}),
      links_({{100, 60}, {1500, 3600}}),
      cancels_({{100, 60}, {1500, 3600}}) {
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
    all.next_poll_ = now + 3 * all.options_.poll_every;
  }
  void operator()(const event::CancelAnswered& cancelled) const {
    answered(cancelled.device).cancel_awaited = false;
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
  void operator()(const event::Seen& seen) const {
    const Device& device = all.devices_[seen.device];
    if (device.phase != Phase::kQueued || device.queue != Queue::kLater) return;
    all.unqueue(seen.device);
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

void Scheduler::plan(double now) {
  expire(now);
  submit(now);
  make_room(now);
  fetch(now);
  poll(now);
}

void Scheduler::expire(double now) {
  const std::vector<DeviceIndex> sessions(sessions_.begin(), sessions_.end());
  for (const DeviceIndex index : sessions) expire_session(now, index);
  if (now < deadline()) return;
  for (std::set<Turn>& queue : queues_) {
    while (!queue.empty()) {
      const DeviceIndex index = std::get<DeviceIndex>(*queue.begin());
      queue.erase(queue.begin());
      finish(index, devices_[index].attempts > 0 ? Outcome::kPendingExpired : Outcome::kSkipped);
    }
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
  device.phase = Phase::kCancelling;
  device.since = now;
  if (device.given_up_at < device.sent_at) device.given_up_at = now;
  device.cancel_awaited = true;
  ++answers_awaited_;
  out_.push_back(action::Cancel{index});
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
  next_poll_ = now + options_.poll_every;
  out_.push_back(action::Poll{since - kClockSkew});
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
  if (now < deadline()) next = std::min(next, deadline());
  return std::max(next, now + 0.5);
}

Scheduler::Counts Scheduler::counts() const {
  Counts counts{.waiting = queue_of(Queue::kFresh).size(),
                .put_back = queue_of(Queue::kSoon).size() + queue_of(Queue::kLater).size(),
                .ended = ended_};
  for (const DeviceIndex index : sessions_)
    ++(devices_[index].phase == Phase::kRunning ? counts.running : counts.pending);
  counts.fetching =
      devices_.size() - counts.waiting - counts.put_back - counts.ended - sessions_.size();
  return counts;
}

}  // namespace quarry::lr
