// One run of the scheduler against the virtual world, and what it came to.
#pragma once

#include "tests/simulation/lr/world.h"
#include "tools/lr/scheduler/scheduler.h"

#include <string>
#include <vector>

namespace quarry::simulation {

struct RunFigures {
  std::size_t outcomes = 0;  // devices with exactly one
  std::size_t succeeded = 0;
  std::size_t failed = 0;
  std::size_t expired = 0;
  std::size_t other = 0;
  std::size_t submissions = 0;
  std::size_t accepted = 0;
  std::size_t throttled = 0;  // by limits that we did not keep
  std::size_t lists = 0;
  std::vector<std::string> violations;  // rules broken
  std::vector<double> session_starts;   // submissions whose session ran to an end, ascending
  std::vector<Stretch> pauses;
  std::vector<double> arrived;  // when submissions came to the service
  std::vector<double> taken;    // when it took one
  double hours = 0;             // until the last outcome
};

RunFigures run(const WorldOptions& world, lr::SchedulerOptions options);

/// When a schedule that knows everything beforehand starts its sessions: it asks each device once,
/// when it is on, under the same limits and pauses, and nothing ever goes wrong. Ascending.
std::vector<double> knowing_schedule(const WorldOptions& world, const lr::SchedulerOptions& options,
                                     const std::vector<Stretch>& pauses);

}  // namespace quarry::simulation
