// Devices and a service in virtual time: what the scheduler of lr is tried against. Three days pass
// in seconds, and the same seed gives the same run.
#pragma once

#include "tools/lr/scheduler/events.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace quarry::simulation {

using lr::DeviceIndex;

struct WorldOptions {
  std::uint64_t seed = 1;
  std::size_t devices = 5000;
  double offline = 0.3;         // share that is switched off when the run begins
  double faults = 0.05;         // share of requests that go wrong
  double session_seconds = 75;  // on average
  std::size_t results = 1;      // a session leaves so many things to fetch
};

struct Stretch {
  double from;
  double to;
};

struct VirtualDevice {
  std::vector<Stretch> online;
  double last_seen = 0;
  double session_seconds = 0;
  double portal_until = 0;  // somebody else works on it until then
  bool script_fails = false;
  double report_lag = 0;  // it reports so long after it was switched on
  std::size_t sessions_begun = 0;

  /// When a session that waits from `at` can begin; nullopt: never.
  std::optional<double> begins(double at) const;
};

/// One action at the service.
struct VirtualAction {
  DeviceIndex device;
  std::uint32_t attempt;
  double created;
  std::optional<double> begins;  // while it has not been cancelled before
  double ends = 0;
  std::optional<double> cancelled;

  lr::Progress progress(double now) const;
  bool failed = false;
};

/// What the service answers to a submission.
enum class Answer : std::uint8_t { kAccepted, kBusy, kThrottled, kFailed, kLost, kNotSent };

class World {
 public:
  explicit World(WorldOptions options);

  struct SubmitAnswer {
    Answer answer;
    double wait = 0;  // of kThrottled
  };
  SubmitAnswer submit(double now, DeviceIndex device, std::uint32_t attempt);
  /// nullopt: the request failed.
  std::optional<std::vector<lr::event::Observed>> list(double now, double since);
  /// The action as it is afterwards; nullopt: the request failed.
  std::optional<lr::event::Observed> cancel(double now, DeviceIndex device);
  /// Devices that have reported between these times, and when they did.
  std::vector<lr::event::Seen> seen(double since, double now) const;
  bool fetch_works();
  double latency() { return 0.2 + 0.6 * fraction(); }
  double fraction() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  const std::vector<VirtualDevice>& devices() const { return devices_; }
  const WorldOptions& options() const { return options_; }
  /// Rules that were broken.
  const std::vector<std::string>& violations() const { return violations_; }
  /// When the service wanted no submissions though its limits were kept.
  const std::vector<Stretch>& pauses() const { return pauses_; }
  /// When actions were made, ascending.
  std::vector<double> taken() const;
  /// When submissions came, whatever became of them.
  const std::vector<double>& arrived() const { return arrived_; }
  std::size_t submissions() const { return arrived_.size(); }
  std::size_t accepted() const { return actions_.size(); }
  std::size_t throttled() const { return throttled_; }
  std::size_t lists() const { return lists_; }

 private:
  void make_devices();
  std::size_t active(double now);
  bool fault() { return fraction() < options_.faults; }
  lr::event::Observed observed(const VirtualAction& action, double now) const;
  void note_session(const VirtualAction& action);
  VirtualAction* last_of(DeviceIndex device);

  WorldOptions options_;
  std::mt19937_64 random_;
  std::vector<VirtualDevice> devices_;
  std::vector<VirtualAction> actions_;
  std::vector<std::size_t> active_;  // positions in actions_
  std::vector<std::size_t> last_;    // by device, +1
  std::deque<double> taken_;         // times of submissions that counted
  double not_before_ = 0;            // Retry-After
  std::vector<double> arrived_;
  std::size_t throttled_ = 0;
  std::size_t lists_ = 0;
  std::vector<Stretch> pauses_;
  std::vector<std::string> violations_;
};

}  // namespace quarry::simulation
