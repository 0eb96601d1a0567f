#include "tools/lr/scheduler/scheduler.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace quarry::lr;

namespace {

using Stand = DeviceStart::Stand;

template <class Wanted>
std::vector<Wanted> only(const std::vector<Action>& actions) {
  std::vector<Wanted> found;
  for (const Action& action : actions) {
    if (const auto* const one = std::get_if<Wanted>(&action)) found.push_back(*one);
  }
  return found;
}

/// A scheduler whose submissions are answered at once.
struct Bench {
  explicit Bench(std::size_t devices, SchedulerOptions options = {})
      : starts(devices), scheduler(options, starts, 0) {}
  Bench(std::vector<DeviceStart> given, SchedulerOptions options)
      : starts(std::move(given)), scheduler(options, starts, 0) {}

  std::vector<Action> step(double now, const Event& event = event::Tick{}) {
    return scheduler.step(now, event);
  }
  /// Ticks and takes every submission.
  std::vector<DeviceIndex> take_all(double now) {
    std::vector<DeviceIndex> taken;
    std::vector<Action> actions = step(now);
    for (;;) {
      const auto submits = only<action::Submit>(actions);
      if (submits.empty()) return taken;
      taken.push_back(submits[0].device);
      actions = step(now, event::Accepted{submits[0].device});
    }
  }

  std::vector<DeviceStart> starts;
  Scheduler scheduler;
};

event::Listed listed(double asked, std::vector<event::Observed> actions) {
  return {asked, std::move(actions)};
}

}  // namespace

TEST_CASE("ten submissions a minute, the device seen last first, one at a time") {
  std::vector<DeviceStart> starts(12);
  for (std::size_t i = 0; i < starts.size(); ++i) starts[i].last_seen = static_cast<double>(i);
  Bench bench(starts, {});
  CHECK(only<action::Submit>(bench.step(0)).size() == 1);  // the next waits for the answer
  CHECK(bench.step(1).empty());
  const auto next = only<action::Submit>(bench.step(1, event::Accepted{11}));
  REQUIRE(next.size() == 1);
  CHECK(next[0].device == 10);
  for (DeviceIndex device = 10; device > 3; --device) {
    const auto submits = only<action::Submit>(bench.step(2, event::Accepted{device}));
    REQUIRE(submits.size() == 1);
    CHECK(submits[0].device == device - 1);
  }
  CHECK(only<action::Submit>(bench.step(3, event::Accepted{3})).size() == 1);
  CHECK(only<action::Submit>(bench.step(4, event::Accepted{2})).empty());  // ten are out
  CHECK(bench.take_all(30).empty());
  CHECK(bench.take_all(70).size() == 2);
}

TEST_CASE("the window of sessions is kept, pending ones included") {
  Bench bench(10, {.max_sessions = 3});
  CHECK(bench.take_all(0).size() == 3);
  CHECK(bench.take_all(20).empty());
  bench.step(30, listed(29, {{0, Progress::kSucceeded}}));
  CHECK(bench.scheduler.open_sessions().size() == 3);
}

TEST_CASE("after 429 nothing is submitted before the time that was asked for") {
  Bench bench(3);
  bench.step(0);
  CHECK(only<action::Submit>(bench.step(1, event::Throttled{0, 45})).empty());
  CHECK(only<action::Submit>(bench.step(45.9)).empty());
  CHECK(only<action::Submit>(bench.step(46)).size() == 1);
}

TEST_CASE("a lost submission is asked again only after a later list lacks it") {
  Bench bench(1);
  bench.step(0);
  bench.step(1, event::Lost{0});
  CHECK(only<action::Submit>(bench.step(10, listed(9, {}))).empty());
  const auto again = only<action::Submit>(bench.step(30, listed(22, {})));
  REQUIRE(again.size() == 1);
  CHECK(again[0].attempt == 2);
}

TEST_CASE("a lost submission that the list shows is not asked again") {
  Bench bench(1);
  bench.step(0);
  bench.step(1, event::Lost{0});
  bench.step(10, listed(9, {{0, Progress::kRunning, 0, true}}));
  CHECK(only<action::Submit>(bench.step(100, listed(99, {}))).empty());
  const auto done = bench.step(120, listed(119, {{0, Progress::kSucceeded, 2, true}}));
  CHECK(only<action::Fetch>(done).size() == 2);
  bench.step(121, event::Fetched{0, 1});
  CHECK(only<action::Finish>(bench.step(122, event::Fetched{0, 0})).size() == 1);
  CHECK(bench.scheduler.is_done());
}

TEST_CASE("a device that has not begun gives its place up when another needs it, not before") {
  Bench bench(3, {.max_sessions = 2, .pending_seconds = 600});
  CHECK(bench.take_all(0).size() == 2);
  CHECK(only<action::Cancel>(bench.step(59)).empty());
  const auto cancels = only<action::Cancel>(bench.step(61));
  REQUIRE(cancels.size() == 1);
  bench.step(62, event::CancelAnswered{cancels[0].device});
  const auto after =
      bench.step(62, event::Listed{0, {{cancels[0].device, Progress::kCancelled}}, false});
  CHECK(only<action::PutBack>(after).size() == 1);
  CHECK(only<action::Submit>(after)[0].device == 2);
}

TEST_CASE("nobody waits: a pending device keeps its place up to the deadline") {
  Bench bench(2, {.max_sessions = 2, .pending_seconds = 600});
  bench.take_all(0);
  CHECK(only<action::Cancel>(bench.step(599)).empty());
  CHECK(only<action::Cancel>(bench.step(601)).size() == 2);
}

TEST_CASE("cancelled after it has begun: not asked again") {
  Bench bench(2, {.max_sessions = 1});
  bench.take_all(0);
  CHECK(only<action::Cancel>(bench.step(61)).size() == 1);
  const auto ended =
      only<action::Finish>(bench.step(62, listed(61, {{0, Progress::kCancelled, 0, true}})));
  REQUIRE(ended.size() == 1);
  CHECK(ended[0].outcome == Outcome::kCancelled);
}

TEST_CASE("what has begun when it was to be cancelled runs on") {
  Bench bench(2, {.max_sessions = 1});
  bench.take_all(0);
  const auto cancels = only<action::Cancel>(bench.step(61));
  REQUIRE(cancels.size() == 1);
  CHECK(!cancels[0].even_if_begun);
  CHECK(only<action::Cancel>(bench.step(62, event::Begun{0})).empty());
  CHECK(only<action::Cancel>(bench.step(400)).empty());
  const auto ended =
      only<action::Finish>(bench.step(401, listed(400, {{0, Progress::kSucceeded}})));
  REQUIRE(ended.size() == 1);
  CHECK(ended[0].outcome == Outcome::kSucceeded);
}

TEST_CASE("a busy device has its turn later, and is no failure") {
  Bench bench(1);
  bench.step(0);
  bench.step(1, event::Busy{0});
  CHECK(only<action::Submit>(bench.step(50)).empty());
  CHECK(only<action::Submit>(bench.step(62)).size() == 1);
}

TEST_CASE("a device put back that reports again is asked at once") {
  Bench bench(2, {.max_sessions = 1});
  bench.take_all(0);
  bench.step(61);
  bench.step(62, event::CancelAnswered{0});
  bench.step(62, event::Listed{0, {{0, Progress::kCancelled}}, false});
  bench.step(63, event::Accepted{1});
  bench.step(70, listed(69, {{1, Progress::kSucceeded}}));
  CHECK(only<action::Submit>(bench.step(71)).empty());
  // Before it was asked: it is known to have been off since.
  CHECK(only<action::Submit>(bench.step(72, event::Seen{0, -5})).empty());
  CHECK(only<action::Submit>(bench.step(72, event::Seen{0, 70})).size() == 1);
}

TEST_CASE("while devices wait that did not answer, it is asked whether they have come back") {
  Bench bench(1, {.max_sessions = 1, .look_every = 100, .pending_seconds = 60});
  bench.take_all(0);
  CHECK(only<action::Look>(bench.step(150, listed(149, {{0, Progress::kPending}}))).empty());
  bench.step(151, event::CancelAnswered{0});
  const auto looks =
      only<action::Look>(bench.step(152, event::Listed{0, {{0, Progress::kCancelled}}, false}));
  REQUIRE(looks.size() == 1);
  CHECK(looks[0].since <= 0);
  CHECK(only<action::Look>(bench.step(200)).empty());
  CHECK(only<action::Look>(bench.step(253)).size() == 1);
}

TEST_CASE(
    "while the window is full and devices were never asked, sessions are looked at twice as "
    "often") {
  Bench bench(2, {.max_sessions = 1, .poll_every = 10});
  bench.take_all(0);
  CHECK(only<action::Poll>(bench.step(10, listed(0, {{0, Progress::kRunning}}))).size() == 1);
  CHECK(only<action::Poll>(bench.step(15, listed(10, {{0, Progress::kRunning}}))).size() == 1);
}

TEST_CASE("what was turned away does not count against the limit") {
  Bench bench(12, {.max_sessions = 20});
  for (DeviceIndex i = 0; i < 9; ++i)
    bench.step(0.1 * i, event::Tick{}), bench.step(0.1 * i, event::Accepted{i});
  bench.step(1, event::Throttled{9, 5});
  CHECK(only<action::Submit>(bench.step(6.5)).size() == 1);
}

TEST_CASE("at the end of patience every device has an outcome") {
  Bench bench(3, {.max_sessions = 1, .pending_seconds = 600, .give_up_after = 1000});
  bench.take_all(0);
  std::size_t ended = 0;
  const auto hear = [&](double now, const Event& event) {
    const std::vector<Action> actions = bench.step(now, event);
    ended += only<action::Finish>(actions).size();
    return only<action::Cancel>(actions);
  };
  for (double now = 1; now < 3000 && !bench.scheduler.is_done(); now += 1) {
    auto cancels = hear(now, event::Tick{});
    const std::vector<DeviceIndex> open(bench.scheduler.open_sessions().begin(),
                                        bench.scheduler.open_sessions().end());
    for (const DeviceIndex index : open) {
      // The service forgets to cancel: the run ends all the same.
      for (const auto& cancel : hear(now, listed(now, {{index, Progress::kPending}})))
        cancels.push_back(cancel);
    }
    for (const auto& cancel : cancels) hear(now, event::CancelAnswered{cancel.device});
  }
  CHECK(ended == 3);
  CHECK(bench.scheduler.is_done());
}

TEST_CASE("gone on with: what was sent is looked for, what was lost is settled, what ended stays") {
  std::vector<DeviceStart> starts(4);
  starts[0] = {.stand = Stand::kEnded};
  starts[1] = {.stand = Stand::kSent, .attempts = 1, .sent_at = -100};
  starts[2] = {.stand = Stand::kLost, .attempts = 1, .sent_at = -50};
  starts[3] = {.stand = Stand::kCancelling, .attempts = 1, .sent_at = -500};
  Bench bench(starts, {.start = -600});
  const auto first = bench.step(0);
  CHECK(only<action::Submit>(first).empty());
  REQUIRE(only<action::Poll>(first).size() == 1);
  CHECK(only<action::Poll>(first)[0].since == -1100);  // ten minutes for clocks that differ
  const auto put_back = bench.step(1, listed(0, {{3, Progress::kCancelled}}));
  CHECK(only<action::PutBack>(put_back).size() == 1);
  const auto submits = only<action::Submit>(bench.step(40, listed(25, {{1, Progress::kRunning}})));
  REQUIRE(submits.size() == 1);
  CHECK(submits[0].device == 2);
}

TEST_CASE("stopped: nothing begins, and answers that are awaited are") {
  Bench bench(5);
  bench.step(0);
  CHECK(bench.step(1, event::Stop{}).empty());
  CHECK(!bench.scheduler.is_done());
  CHECK(bench.step(2, event::Accepted{0}).empty());
  CHECK(bench.scheduler.is_done());
}

TEST_CASE("one machine's second turn comes when its first has its outcome") {
  std::vector<DeviceStart> starts(3);
  starts[1].behind = 0;
  starts[2].behind = 1;
  Bench bench(starts, {});
  CHECK(bench.take_all(0) == std::vector<DeviceIndex>{0});
  CHECK(bench.scheduler.counts().waiting == 2);
  const auto turn_1 = only<action::Submit>(bench.step(30, listed(30, {{0, Progress::kSucceeded}})));
  REQUIRE(turn_1.size() == 1);
  CHECK(turn_1[0].device == 1);
  bench.step(31, event::Accepted{1});
  CHECK(!bench.scheduler.is_done());
  const auto turn_2 = only<action::Submit>(bench.step(60, listed(60, {{1, Progress::kFailed}})));
  REQUIRE(turn_2.size() == 1);
  CHECK(turn_2[0].device == 2);
  bench.step(61, event::Accepted{2});
  bench.step(90, listed(90, {{2, Progress::kSucceeded}}));
  CHECK(bench.scheduler.is_done());
}

TEST_CASE("what waits behind another ends with the run's time") {
  std::vector<DeviceStart> starts(3);
  starts[0].stand = Stand::kEnded;
  starts[1].behind = 0;  // that one has ended: nothing to wait for
  starts[2].behind = 1;
  Bench bench(starts, {.give_up_after = 100});
  const auto ended = only<action::Finish>(bench.step(100));
  REQUIRE(ended.size() == 2);
  CHECK(ended[1].device == 2);
  CHECK(ended[1].outcome == Outcome::kSkipped);
  CHECK(bench.scheduler.is_done());
}
