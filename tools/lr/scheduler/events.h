// What the scheduler hears and what it asks for. Devices are numbers into the run's list; times are
// seconds on the clock of the run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace quarry::lr {

using DeviceIndex = std::uint32_t;

/// How an action stands at the service.
enum class Progress : std::uint8_t {
  kPending,
  kRunning,
  kSucceeded,
  kFailed,
  kTimedOut,
  kCancelled
};
constexpr bool is_final(Progress progress) { return progress >= Progress::kSucceeded; }

/// What became of a device. kAgain never leaves the scheduler: the device waits for another turn.
enum class Outcome : std::uint8_t {
  kSucceeded,
  kFailed,
  kTimedOut,
  kCancelled,
  kPendingExpired,  // it never answered
  kUnsupported,
  kSkipped,  // nothing was sent
};

namespace event {

struct Tick {};  // time has passed
struct Accepted {
  DeviceIndex device;
};  // the submission was taken
struct Busy {
  DeviceIndex device;
};  // another session runs there
struct Throttled {
  DeviceIndex device;
  double wait;
};  // 429: not before so many seconds
struct NotSent {
  DeviceIndex device;
};  // the service never saw it, or failed
struct Lost {
  DeviceIndex device;
};  // nobody knows whether it arrived
struct Refused {
  DeviceIndex device;
  Outcome outcome;
};  // no use in trying again

/// An action of ours as a list of the service shows it. `results`: how many of its commands have
/// something to fetch; `began`: a command has started.
struct Observed {
  DeviceIndex device;
  Progress progress;
  std::size_t results = 0;
  bool began = false;
};
/// The answer to Poll, which was asked for at `asked`. Not `whole`: one action, by the way (the
/// answer to a cancellation shows it).
struct Listed {
  double asked;
  std::vector<Observed> actions;
  bool whole = true;
};
struct ListFailed {};

struct CancelAnswered {
  DeviceIndex device;
};  // whatever it said: the list tells
/// It was to be cancelled and had begun meanwhile: nothing was cancelled.
struct Begun {
  DeviceIndex device;
};
struct Fetched {
  DeviceIndex device;
  std::size_t result;
};  // it is on disk, or never will be
struct FetchFailed {
  DeviceIndex device;
  std::size_t result;
};  // worth another try
/// It has reported to the service.
struct Seen {
  DeviceIndex device;
  double at;
};
struct Stop {};  // begin nothing new
}  // namespace event

using Event = std::variant<event::Tick, event::Accepted, event::Busy, event::Throttled,
                           event::NotSent, event::Lost, event::Refused, event::Listed,
                           event::ListFailed, event::CancelAnswered, event::Begun, event::Fetched,
                           event::FetchFailed, event::Seen, event::Stop>;

namespace action {

struct Submit {
  DeviceIndex device;
  std::uint32_t attempt;
};
/// List our actions made at `since` or later.
struct Poll {
  double since;
};
/// Which devices have reported at `since` or later: a Seen for each.
struct Look {
  double since;
};
/// Unless it has begun meanwhile, which is to be asked first; or whatever it does.
struct Cancel {
  DeviceIndex device;
  bool even_if_begun = false;
};
struct Fetch {
  DeviceIndex device;
  std::size_t result;
};
/// The device's place was given up and it will have another turn: the attempt is over.
struct PutBack {
  DeviceIndex device;
};
struct Finish {
  DeviceIndex device;
  Outcome outcome;
};
}  // namespace action

using Action = std::variant<action::Submit, action::Poll, action::Look, action::Cancel,
                            action::Fetch, action::PutBack, action::Finish>;

}  // namespace quarry::lr
