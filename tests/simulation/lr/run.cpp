#include "tests/simulation/lr/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <type_traits>

namespace quarry::simulation {
namespace {

/// Answers under way: the scheduler hears them when their time has come.
class Wire {
 public:
  Wire(World& world, lr::Scheduler& scheduler, RunFigures& figures)
      : world_(world),
        scheduler_(scheduler),
        figures_(figures),
        outcomes_(world.devices().size()),
        sent_(world.devices().size()) {}

  void run() {
    deliver(0, lr::event::Tick{});
    while (!scheduler_.is_done()) {
      const double tick = scheduler_.next_tick(now_);
      if (!waiting_.empty() && waiting_.begin()->first <= tick) {
        const auto next = waiting_.begin();
        const double at = next->first;
        const lr::Event event = std::move(next->second);
        waiting_.erase(next);
        deliver(at, event);
      } else {
        deliver(tick, lr::event::Tick{});
      }
      if (now_ > 5 * 86400) {
        figures_.violations.push_back("the run does not end");
        return;
      }
    }
    count();
  }

 private:
  void deliver(double now, const lr::Event& event) {
    now_ = now;
    for (const lr::Action& action : scheduler_.step(now, event))
      std::visit([this](const auto& one) { perform(one); }, action);
  }
  void answer(double latency, lr::Event event) {
    waiting_.emplace(now_ + latency, std::move(event));
  }

  void perform(const lr::action::Submit& submit) {
    const double there = world_.latency() / 2;
    const World::SubmitAnswer got = world_.submit(now_ + there, submit.device, submit.attempt);
    sent_[submit.device] = now_;
    const lr::DeviceIndex device = submit.device;
    switch (got.answer) {
      case Answer::kAccepted:
        return answer(2 * there, lr::event::Accepted{device});
      case Answer::kBusy:
        return answer(2 * there, lr::event::Busy{device});
      case Answer::kThrottled:
        return answer(there, lr::event::Throttled{device, got.wait});
      case Answer::kNotSent:
        return answer(2 * there, lr::event::NotSent{device});
      case Answer::kFailed:
      case Answer::kLost:
        return answer(30, lr::event::Lost{device});
    }
  }
  void perform(const lr::action::Poll& poll) {
    auto list = world_.list(now_, poll.since);
    const double latency = world_.latency();
    if (!list) return answer(latency, lr::event::ListFailed{});
    answer(latency, lr::event::Listed{now_, *std::move(list)});
  }
  void perform(const lr::action::Look& look) {
    const double latency = world_.latency();
    for (const lr::event::Seen& seen : world_.seen(look.since, now_)) answer(latency, seen);
  }
  void perform(const lr::action::Cancel& cancel) {
    const auto seen = world_.cancel(now_, cancel.device);
    const double latency = world_.latency();
    answer(latency, lr::event::CancelAnswered{cancel.device});
    if (seen) answer(latency + 1e-6, lr::event::Listed{now_, {*seen}, false});
  }
  void perform(const lr::action::Fetch& fetch) {
    const double latency = 2 + 5 * world_.fraction();
    if (world_.fetch_works())
      return answer(latency, lr::event::Fetched{fetch.device, fetch.result});
    answer(latency, lr::event::FetchFailed{fetch.device, fetch.result});
  }
  void perform(const lr::action::PutBack&) {}
  void perform(const lr::action::Finish& finish) {
    outcomes_[finish.device].push_back(finish.outcome);
    if (finish.outcome == lr::Outcome::kSucceeded || finish.outcome == lr::Outcome::kFailed)
      figures_.session_starts.push_back(sent_[finish.device]);
    figures_.hours = now_ / 3600;
  }

  void count() {
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      if (outcomes_[i].size() != 1) {
        figures_.violations.push_back(
            fmt::format("device {} has {} outcomes", i, outcomes_[i].size()));
        continue;
      }
      ++figures_.outcomes;
      const lr::Outcome outcome = outcomes_[i][0];
      if (outcome == lr::Outcome::kSucceeded)
        ++figures_.succeeded;
      else if (outcome == lr::Outcome::kFailed)
        ++figures_.failed;
      else if (outcome == lr::Outcome::kPendingExpired)
        ++figures_.expired;
      else
        ++figures_.other;
    }
  }

  World& world_;
  lr::Scheduler& scheduler_;
  RunFigures& figures_;
  double now_ = 0;
  std::multimap<double, lr::Event> waiting_;
  std::vector<std::vector<lr::Outcome>> outcomes_;
  std::vector<double> sent_;
};

}  // namespace

RunFigures run(const WorldOptions& world_options, lr::SchedulerOptions options) {
  World world(world_options);
  std::vector<lr::DeviceStart> starts(world.devices().size());
  for (std::size_t i = 0; i < starts.size(); ++i)
    starts[i].last_seen = world.devices()[i].last_seen;
  lr::Scheduler scheduler(options, starts, 0);
  RunFigures figures;
  Wire(world, scheduler, figures).run();
  figures.pauses = world.pauses();
  figures.arrived = world.arrived();
  figures.taken = world.taken();
  figures.submissions = world.submissions();
  figures.accepted = world.accepted();
  figures.throttled = world.throttled();
  figures.lists = world.lists();
  figures.violations.insert(figures.violations.end(), world.violations().begin(),
                            world.violations().end());
  std::sort(figures.session_starts.begin(), figures.session_starts.end());
  return figures;
}

std::vector<double> knowing_schedule(const WorldOptions& world_options,
                                     const lr::SchedulerOptions& options,
                                     const std::vector<Stretch>& pauses) {
  const World world(world_options);
  std::vector<double> starts;
  std::vector<bool> done(world.devices().size());
  std::priority_queue<double, std::vector<double>, std::greater<>> ends;
  lr::SlidingWindow window({{options.submissions_a_minute, 60}});
  auto pause = pauses.begin();
  double now = 0;
  std::size_t left = 0;
  for (const VirtualDevice& device : world.devices()) left += device.online.empty() ? 0 : 1;
  while (left > 0 && now < options.give_up_after) {
    while (!ends.empty() && ends.top() <= now) ends.pop();
    now = window.next(now);
    while (pause != pauses.end() && pause->to <= now) ++pause;
    if (pause != pauses.end() && pause->from <= now) {
      now = pause->to;
      continue;
    }
    if (ends.size() >= options.max_sessions) {
      now = std::max(now, ends.top());
      continue;
    }
    // Of those that are on, the one that is on for the shortest time.
    std::size_t best = done.size();
    double next = options.give_up_after;
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done[i] || world.devices()[i].online.empty()) continue;
      const Stretch on = world.devices()[i].online.front();
      if (on.to <= now + 30) {
        done[i] = true;
        --left;
      } else if (on.from > now) {
        next = std::min(next, on.from);
      } else if (best == done.size() || on.to < world.devices()[best].online.front().to) {
        best = i;
      }
    }
    if (best == done.size()) {
      now = std::max(now + 1, next);
      continue;
    }
    done[best] = true;
    --left;
    window.note(now);
    starts.push_back(now);
    ends.push(now + 15 + world.devices()[best].session_seconds);
  }
  return starts;
}

}  // namespace quarry::simulation
