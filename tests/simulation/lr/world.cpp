#include "tests/simulation/lr/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace quarry::simulation {
namespace {

constexpr double kHour = 3600;
constexpr double kDay = 24 * kHour;
constexpr double kForever = std::numeric_limits<double>::max();
constexpr double kLongestLag = kHour;
constexpr std::size_t kSessions = 25;
constexpr std::size_t kSubmissionsAMinute = 10;

}  // namespace

std::optional<double> VirtualDevice::begins(double at) const {
  for (const Stretch& stretch : online) {
    if (at < stretch.to) return std::max(at, stretch.from);
  }
  return std::nullopt;
}

lr::Progress VirtualAction::progress(double now) const {
  if (cancelled && *cancelled <= now) return lr::Progress::kCancelled;
  if (!begins || now < *begins) return lr::Progress::kPending;
  if (now < ends) return lr::Progress::kRunning;
  return failed ? lr::Progress::kFailed : lr::Progress::kSucceeded;
}

World::World(WorldOptions options)
    : options_(options), random_(options.seed), devices_(options.devices), last_(options.devices) {
  make_devices();
}

void World::make_devices() {
  std::mt19937_64 lags(options_.seed + 1);  // of its own: what else happens stays as it is
  std::exponential_distribution<double> session(1 / (options_.session_seconds - 20));
  for (VirtualDevice& device : devices_) {
    device.session_seconds = 20 + std::min(session(random_), 900.0);
    device.report_lag = std::uniform_real_distribution<double>(0, kLongestLag)(lags);
    device.script_fails = fraction() < options_.faults;
    if (fraction() < 0.01) device.portal_until = fraction() * kHour;
    if (fraction() >= options_.offline) {
      // On; one in ten is switched off in the course of the day.
      device.online = {{0, fraction() < 0.1 ? fraction() * 10 * kHour : kForever}};
      device.last_seen = -fraction() * kDay;
      continue;
    }
    // Off: one in five since today, the others for days. Half of them come back for some hours.
    device.last_seen = fraction() < 0.2 ? -fraction() * 1.5 * kDay : -(1 + 29 * fraction()) * kDay;
    if (fraction() < 0.5) {
      const double from = fraction() * 2.8 * kDay;
      device.online = {{from, from + (1 + 9 * fraction()) * kHour}};
    }
  }
}

std::vector<double> World::taken() const {
  std::vector<double> times;
  for (const VirtualAction& action : actions_) times.push_back(action.created);
  return times;
}

std::size_t World::active(double now) {
  std::erase_if(active_, [&](std::size_t at) { return lr::is_final(actions_[at].progress(now)); });
  return active_.size();
}

VirtualAction* World::last_of(DeviceIndex device) {
  return last_[device] == 0 ? nullptr : &actions_[last_[device] - 1];
}

World::SubmitAnswer World::submit(double now, DeviceIndex index, std::uint32_t attempt) {
  VirtualDevice& device = devices_[index];
  if (now < not_before_)
    violations_.push_back(fmt::format("device {} at {:.1f}: {:.1f} s before Retry-After", index,
                                      now, not_before_ - now));
  const double kind = fraction();
  const bool wrong = fault();
  if (!(wrong && kind < 0.1)) arrived_.push_back(now);
  if (wrong && kind < 0.2) return {kind < 0.1 ? Answer::kNotSent : Answer::kLost};
  while (!taken_.empty() && taken_.front() <= now - 60) taken_.pop_front();
  const bool unasked = wrong && kind < 0.4;
  if (unasked || taken_.size() >= kSubmissionsAMinute || active(now) >= kSessions) {
    if (!unasked) ++throttled_;
    const double wait = 5 + 55 * fraction();
    if (unasked) pauses_.push_back({now, now + wait});
    not_before_ = std::max(not_before_, now + wait);
    return {Answer::kThrottled, wait};
  }
  taken_.push_back(now);
  VirtualAction* const last = last_of(index);
  if (now < device.portal_until || (last != nullptr && !lr::is_final(last->progress(now)))) {
    if (last != nullptr && !lr::is_final(last->progress(now)))
      violations_.push_back(fmt::format("device {} has a session of ours already", index));
    return {Answer::kBusy};
  }
  VirtualAction action{.device = index,
                       .attempt = attempt,
                       .created = now,
                       .begins = device.begins(now + 3 + 25 * fraction()),
                       .cancelled = {},
                       .failed = device.script_fails};
  if (action.begins) action.ends = *action.begins + device.session_seconds;
  if (last != nullptr && last->begins && *last->begins <= now &&
      last->cancelled.value_or(kForever) > *last->begins)
    violations_.push_back(fmt::format("device {} is asked a second time", index));
  actions_.push_back(action);
  last_[index] = actions_.size();
  active_.push_back(actions_.size() - 1);
  return {wrong && kind < 0.7 ? Answer::kLost : Answer::kAccepted};
}

lr::event::Observed World::observed(const VirtualAction& action, double now) const {
  const lr::Progress progress = action.progress(now);
  return {.device = action.device,
          .progress = progress,
          .results = progress == lr::Progress::kSucceeded ? options_.results : 0,
          .began = action.begins && *action.begins <= action.cancelled.value_or(now)};
}

std::optional<std::vector<lr::event::Observed>> World::list(double now, double since) {
  ++lists_;
  if (fault()) return std::nullopt;
  std::vector<lr::event::Observed> all;
  // Newer actions of a device hide older ones, as the attempt in the comment does.
  for (auto at = actions_.rbegin(); at != actions_.rend() && at->created >= since; ++at) {
    const auto number = static_cast<std::size_t>(actions_.rend() - at);
    if (last_[at->device] == number) all.push_back(observed(*at, now));
  }
  return all;
}

std::optional<lr::event::Observed> World::cancel(double now, DeviceIndex device) {
  if (fault()) return std::nullopt;
  VirtualAction& action = *last_of(device);
  if (action.progress(now) == lr::Progress::kPending) action.cancelled = now;
  return observed(action, now);
}

std::vector<lr::event::Seen> World::seen(double since, double now) const {
  std::vector<lr::event::Seen> reported;
  for (DeviceIndex i = 0; i < devices_.size(); ++i) {
    for (const Stretch& stretch : devices_[i].online) {
      const double at = stretch.from + devices_[i].report_lag;
      if (stretch.from > 0 && at >= since && at <= std::min(now, stretch.to))
        reported.push_back({i, at});
    }
  }
  return reported;
}

bool World::fetch_works() { return !fault(); }

}  // namespace quarry::simulation
