// The driver's loop. What it sends stands in sending.cpp, what it sees in observing.cpp, what it
// makes of ended sessions in results.cpp.
#include "tools/lr/driver/driver.h"

#include "common/net/pause.h"
#include "tools/lr/driver/file_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace quarry::lr {
namespace {

constexpr net::Seconds kLongestStep{0.2};  // real time, so that Ctrl-C is heard

}  // namespace

Driver::Driver(auth::Session& session, const live_response::Api& api, std::span<const Job> jobs,
               const RunHistory& history, RunLog& log, DriverOptions options)
    : session_(session),
      api_(api),
      jobs_(jobs),
      log_(log),
      options_(std::move(options)),
      scheduler_(options_.scheduler, starts_of(jobs, history, session.clock().wall()),
                 session.clock().wall()),
      fetcher_(session.http(), api, options_.max_file_bytes),
      devices_(jobs.size()),
      folders_(device_folders(jobs)) {
  for (DeviceIndex i = 0; i < jobs_.size(); ++i) {
    by_machine_.emplace(jobs_[i].device_id, i);
    const auto known = history.devices.find(jobs_[i].key);
    if (known == history.devices.end()) continue;
    devices_[i].attempt = known->second.attempts;
    devices_[i].action_id = known->second.action_id;
    devices_[i].done = known->second.done;
    devices_[i].some_failed = known->second.some_failed;
    devices_[i].paths = known->second.paths;
  }
}

std::vector<DeviceStart> Driver::starts_of(std::span<const Job> jobs, const RunHistory& history,
                                           double now) {
  std::vector<DeviceStart> starts;
  std::map<std::string, DeviceIndex> latest;  // job of each machine
  for (const Job& job : jobs) {
    DeviceStart start{.last_seen = job.last_seen};
    const auto [before, is_first] =
        latest.try_emplace(job.device_id, static_cast<DeviceIndex>(starts.size()));
    if (!is_first)
      start.behind = std::exchange(before->second, static_cast<DeviceIndex>(starts.size()));
    if (const auto known = history.devices.find(job.key); known != history.devices.end()) {
      start.stand = known->second.stand;
      start.attempts = known->second.attempts;
      start.sent_at = std::min(now, known->second.sent_at);
    }
    starts.push_back(start);
  }
  return starts;
}

DriverSummary Driver::run() {
  deliver(event::Tick{});
  while (!scheduler_.is_done() || !fetcher_.is_idle()) {
    if (options_.cancel != nullptr && options_.cancel->cancelled() && !summary_.stopped_by)
      stop(options_.cancel->error().value_or(Error(ErrorCode::kInterrupted, "interrupted")));
    if (events_.empty()) {
      wait();
      continue;
    }
    const Event event = std::move(events_.front());
    events_.pop_front();
    deliver(event);
  }
  return summary_;
}

void Driver::wait() {
  const net::Seconds until(std::max(0.0, scheduler_.next_tick(now()) - now()));
  const net::Seconds real = std::min(kLongestStep, session_.clock().real(until));
  const auto before = std::chrono::steady_clock::now();
  session_.http().step(real);
  fetcher_.step();
  if (options_.on_counts) options_.on_counts(scheduler_.counts());
  if (!events_.empty()) return;
  // With nothing on the wire step() does not wait.
  const net::Seconds spent = std::chrono::steady_clock::now() - before;
  if (session_.http().in_flight() == 0 && spent < real && !summary_.stopped_by)
    static_cast<void>(net::pause(net::SystemClock(), real - spent, options_.cancel));
  events_.emplace_back(event::Tick{});
}

void Driver::deliver(const Event& event) {
  for (const Action& action : scheduler_.step(now(), event))
    std::visit([this](const auto& one) { perform(one); }, action);
}

void Driver::stop(Error error) {
  if (!summary_.stopped_by) summary_.stopped_by = std::move(error);
  events_.emplace_back(event::Stop{});
}

bool Driver::written(const Result<void>& result) {
  if (!result) stop(result.error());
  return result.has_value();
}

}  // namespace quarry::lr
