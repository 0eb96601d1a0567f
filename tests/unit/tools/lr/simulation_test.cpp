#include "tests/simulation/lr/run.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace quarry;
using simulation::RunFigures;
using simulation::WorldOptions;

TEST_CASE("5,000 devices, three days: every outcome recorded, no rule broken, and fast") {
  // 2 has more to do at once than the others; quarry_lr_simulation --seeds 20 tries them all.
  for (const std::uint64_t seed : {2, 4}) {
    const WorldOptions world{.seed = seed};
    const RunFigures figures = simulation::run(world, {});
    CAPTURE(seed);
    CHECK(figures.violations.empty());
    CHECK(figures.throttled == 0);
    CHECK(figures.outcomes == world.devices);
    const auto knowing = simulation::knowing_schedule(world, {}, figures.pauses);
    // As many sessions begun as by the schedule that knows everything, in the time that it takes
    // for 3,325: 95 % of the devices that are on.
    constexpr std::size_t kMost = 3325;
    const auto taken =
        std::upper_bound(figures.taken.begin(), figures.taken.end(), knowing[kMost - 1]);
    CHECK(static_cast<double>(taken - figures.taken.begin()) >= 0.95 * kMost);
  }
}

TEST_CASE("the same seed gives the same run") {
  const WorldOptions world{.seed = 9, .devices = 300};
  const RunFigures a = simulation::run(world, {});
  const RunFigures b = simulation::run(world, {});
  CHECK(a.taken == b.taken);
  CHECK(a.succeeded == b.succeeded);
}

TEST_CASE("whatever goes wrong, and however often, nothing is done twice and nothing is lost") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const WorldOptions world{.seed = seed,
                             .devices = 200,
                             .offline = 0.1 * static_cast<double>(seed % 10),
                             .faults = 0.04 * static_cast<double>(seed)};
    const RunFigures figures = simulation::run(world, {.give_up_after = 86400});
    CAPTURE(seed);
    CHECK(figures.violations.empty());
    CHECK(figures.outcomes == world.devices);
  }
}
