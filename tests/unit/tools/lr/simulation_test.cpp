#include "tests/simulation/lr/run.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace quarry;
using simulation::RunFigures;
using simulation::WorldOptions;

TEST_CASE("5,000 devices, three days: every outcome recorded, no rule broken, and fast") {
  const WorldOptions world{.seed = 4};
  const RunFigures figures = simulation::run(world, {});
  CHECK(figures.violations.empty());
  CHECK(figures.throttled == 0);
  CHECK(figures.outcomes == world.devices);
  const auto knowing = simulation::knowing_schedule(world, {}, figures.pauses);
  // As many submissions as the schedule that knows everything, in the time it takes for 3,000.
  const double until = knowing[3000];
  const auto arrived = std::upper_bound(figures.arrived.begin(), figures.arrived.end(), until);
  CHECK(static_cast<double>(arrived - figures.arrived.begin()) >= 0.95 * 3000);
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
