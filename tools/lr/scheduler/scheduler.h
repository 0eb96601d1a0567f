// Decides what is sent when, for thousands of devices: a state machine without clock, thread or
// socket. step() is told the time and what happened, and says what to do.
//
// The service takes 10 submissions a minute and 25 sessions at once, and a device that is switched
// off keeps its session until somebody cancels it. What follows from that:
//  - Devices go in the order in which they were last seen, the latest first.
//  - A device that has not begun gives its place up when another needs it and it has had
//    max_sessions / 10 minutes: even if every device were off, places come free as fast as
//    submissions may go. When nobody needs the place it waits on, up to the deadline.
//  - Devices put back have another turn later, behind those that had none, until give_up_after; at
//    once where the service has heard of them since.
//  - One submission at a time: what the service says of one ("not before …") holds for the next.
//  - One list answers for all sessions. It is also how a submission whose answer was lost is found:
//    only a list asked for a while later that lacks it lets the device be asked again.
#pragma once

#include "tools/lr/scheduler/events.h"
#include "tools/lr/scheduler/sliding_window.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <vector>

namespace quarry::lr {

struct SchedulerOptions {
  double start = 0;  // of the run, also where it is resumed
  std::size_t max_sessions = 20;
  std::size_t submissions_a_minute = 10;
  std::size_t max_downloads = 4;
  double poll_every = 10;
  double look_every = 900;  // whether devices that did not answer have come back
  double pending_seconds = 600;
  double give_up_after = 3 * 86400;
  double settle = 20;  // a list this much later knows of what arrived
};

/// Where a device stands when the run begins, or goes on.
struct DeviceStart {
  enum class Stand : std::uint8_t {
    kWaiting,
    kLost,        // an intent without an end
    kSent,        // accepted; the next list tells
    kCancelling,  // likewise, and its place was being given up
    kEnded,       // nothing is left to do
  };
  double last_seen = 0;
  Stand stand = Stand::kWaiting;
  std::uint32_t attempts = 0;  // so far
  double sent_at = 0;          // kLost, kSent, kCancelling
  /// An earlier one that is the same machine, which has one session at a time: this one's turn
  /// comes when that has its outcome.
  std::optional<DeviceIndex> behind = {};
};

class Scheduler {
 public:
  /// `now`: of beginning or going on, not before options.start.
  Scheduler(SchedulerOptions options, std::span<const DeviceStart> devices, double now);

  std::vector<Action> step(double now, const Event& event);
  /// When to send the next Tick if nothing happens before.
  double next_tick(double now) const;
  /// Every device has an outcome, or the run was stopped and no answer is awaited.
  bool is_done() const;

  struct Counts {
    std::size_t waiting = 0;   // never asked
    std::size_t put_back = 0;  // asked before, waiting for another turn
    std::size_t pending = 0;   // holds a session, has not begun
    std::size_t running = 0;
    std::size_t fetching = 0;
    std::size_t ended = 0;
  };
  Counts counts() const;
  /// Devices whose session the service holds, as far as we know.
  const std::set<DeviceIndex>& open_sessions() const { return sessions_; }

 private:
  enum class Phase : std::uint8_t {
    kBehind,
    kQueued,
    kSubmitting,
    kLost,
    kPending,
    kRunning,
    kCancelling,
    kFetching,
    kEnded,
  };
  /// kSoon: likely to answer (busy, seen again, the service was to blame). kFresh: never asked.
  /// kLater: did not begin when it was asked.
  enum class Queue : std::uint8_t { kSoon, kFresh, kLater };
  /// Due, the latest seen first, device.
  using Turn = std::tuple<double, double, DeviceIndex>;
  struct Device {
    Phase phase = Phase::kQueued;
    Queue queue = Queue::kFresh;
    bool cancel_awaited = false;
    bool expired = false;  // it will not have another turn
    std::uint32_t attempts = 0;
    std::uint32_t put_backs = 0;
    std::uint32_t refusals = 0;  // busy or failing, in a row
    double last_seen = 0;
    double sent_at = 0;
    double since = 0;        // kQueued: due; kLost, kCancelling: when it came to that
    double given_up_at = 0;  // the first cancellation of this attempt
    std::size_t results_left = 0;
    Outcome outcome = Outcome::kSkipped;
    std::optional<DeviceIndex> next = {};  // kBehind, until this one has its outcome
  };
  struct Handler;
  using Download = std::tuple<double, DeviceIndex, std::size_t>;  // due, device, result

  void observe(double now, const event::Observed& seen);
  void settle_lost(double asked);
  void end_session(double now, DeviceIndex index, const event::Observed& seen);
  void enqueue(DeviceIndex index, Queue queue, double due);
  void unqueue(DeviceIndex index);
  void try_again(double now, DeviceIndex index, double first_wait);
  void put_back(double now, DeviceIndex index);
  void finish(DeviceIndex index, Outcome outcome);
  std::set<Turn>& queue_of(Queue queue) { return queues_[static_cast<std::size_t>(queue)]; }
  const std::set<Turn>& queue_of(Queue queue) const {
    return queues_[static_cast<std::size_t>(queue)];
  }
  Turn turn_of(DeviceIndex index) const;

  void plan(double now);
  void expire(double now);
  void expire_session(double now, DeviceIndex index);
  double next_submission(double now) const;
  double poll_interval(double now) const;
  void submit(double now);
  void make_room(double now);
  void fetch(double now);
  void poll(double now);
  void look(double now);
  bool cancel(double now, DeviceIndex index);
  std::optional<DeviceIndex> next_turn(double now) const;
  /// How many devices could be asked now, counted up to `most`.
  std::size_t turns(double now, std::size_t most) const;
  double deadline() const { return options_.start + options_.give_up_after; }
  double patience() const;

  SchedulerOptions options_;
  std::vector<Device> devices_;
  std::array<std::set<Turn>, 3> queues_;
  std::set<DeviceIndex> sessions_;
  std::set<Download> downloads_;
  std::size_t downloading_ = 0;
  std::size_t answers_awaited_ = 0;        // to submissions and cancellations
  std::optional<DeviceIndex> submitting_;  // the latest, until its answer
  SlidingWindow submissions_;
  SlidingWindow lists_;
  SlidingWindow links_;
  SlidingWindow cancels_;
  bool polling_ = false;
  double next_poll_ = 0;
  double latest_look_ = 0;
  double next_look_ = 0;
  bool stopped_ = false;
  std::size_t ended_ = 0;
  std::size_t behind_ = 0;
  std::vector<Action> out_;
};

}  // namespace quarry::lr
