// quarry_lr_simulation [--devices N] [--offline SHARE] [--faults SHARE] [--session SECONDS]
//                      [--seed N] [--seeds N] [--least SHARE]: runs the scheduler of lr in virtual
// time and prints what came of it as one JSON object a run. Ends with 1 where a rule was broken, or
// less than SHARE was begun of what the schedule that knows everything begins in that time.
#include "tests/simulation/lr/run.h"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace quarry::simulation {
namespace {

bool report(const WorldOptions& world, double least) {
  const auto begin = std::chrono::steady_clock::now();
  const lr::SchedulerOptions options;
  const RunFigures figures = run(world, options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const std::vector<double> knowing = knowing_schedule(world, options, figures.pauses);
  // How long both took for the sessions of devices that were on from the start, less the last 1 %.
  const auto most =
      static_cast<std::size_t>(static_cast<double>(world.devices) * (1 - world.offline) * 0.95);
  const auto at = [&](const std::vector<double>& starts) {
    return starts.empty() ? 0 : starts[std::min(most, starts.size()) - 1];
  };
  // While the knowing schedule has more to do than it may: what was taken of ours in that time.
  const double busy = at(knowing);
  const auto share = [&](const std::vector<double>& times) {
    const auto end = std::upper_bound(times.begin(), times.end(), busy);
    return static_cast<double>(end - times.begin()) / static_cast<double>(most);
  };
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{{\"seed\":{},\"devices\":{},\"outcomes\":{},\"succeeded\":{},\"failed\":{},\"expired\":{},"
      "\"other\":{},\"submissions\":{},\"accepted\":{},\"limit_429\":{},\"lists\":{},"
      "\"sessions\":{},\"knowing_sessions\":{},\"submission_rate\":{:.4f},\"accepted_rate\":{:.4f},"
      "\"session_rate\":{:.4f},"
      "\"hours\":{:.2f},"
      "\"seconds\":{:.2f},\"peak_mb\":{},\"violations\":{}}}\n",
      world.seed, world.devices, figures.outcomes, figures.succeeded, figures.failed,
      figures.expired, figures.other, figures.submissions, figures.accepted, figures.throttled,
      figures.lists, figures.session_starts.size(), knowing.size(), share(figures.arrived),
      share(figures.taken), at(knowing) / std::max(1.0, at(figures.session_starts)), figures.hours,
      took.count(), usage.ru_maxrss / 1024, figures.violations.size());
  for (std::size_t i = 0; i < std::min<std::size_t>(5, figures.violations.size()); ++i)
    fmt::print(stderr, "{}\n", figures.violations[i]);
  return figures.violations.empty() && figures.outcomes == world.devices &&
         share(figures.taken) >= least;
}

}  // namespace
}  // namespace quarry::simulation

int main(int argc, char** argv) {
  quarry::simulation::WorldOptions world;
  std::uint64_t seeds = 1;
  double least = 0;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    const double value = std::atof(argv[i + 1]);
    if (option == "--devices")
      world.devices = static_cast<std::size_t>(value);
    else if (option == "--offline")
      world.offline = value;
    else if (option == "--faults")
      world.faults = value;
    else if (option == "--session")
      world.session_seconds = value;
    else if (option == "--seed")
      world.seed = static_cast<std::uint64_t>(value);
    else if (option == "--least")
      least = value;
    else if (option == "--seeds")
      seeds = static_cast<std::uint64_t>(value);
    else
      return std::fprintf(stderr, "unknown option\n"), 2;
  }
  bool good = true;
  for (std::uint64_t i = 0; i < seeds; ++i, ++world.seed)
    good = quarry::simulation::report(world, least) && good;
  return good ? 0 : 1;
}
