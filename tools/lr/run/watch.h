// What a person sees while a run goes on: one line with counts, rate and time left, and above it a
// line for each device that has ended.
#pragma once

#include "common/cli/invocation.h"
#include "common/cli/progress.h"
#include "tools/lr/run/job.h"
#include "tools/lr/scheduler/scheduler.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace quarry::lr {

class Watch {
 public:
  /// `now`: seconds of the run's clock.
  Watch(const cli::Invocation& invocation, std::size_t devices, std::function<double()> now);

  void counts(const Scheduler::Counts& counts);
  void ended(const Job& job, Outcome outcome, const std::string& message);

 private:
  std::string line() const;

  const cli::Invocation& invocation_;
  std::size_t devices_;
  std::function<double()> now_;
  double start_;
  bool tells_devices_;
  mutable std::mutex mutex_;
  Scheduler::Counts counts_;
  std::size_t ended_here_ = 0;
  std::size_t failed_here_ = 0;
  std::unique_ptr<cli::Progress> progress_;
};

struct WatchFacts {
  Scheduler::Counts counts = {};
  std::size_t devices = 0;
  std::size_t failed = 0;  // ended, and not as they should
  double per_minute = 0;   // 0: not known yet
};

/// "12/5,000 · 2 failed · 8.4/min · 9 h left · 3 running · 17 pending": what does not fit into 80
/// columns is left out, the least important first.
std::string watch_line(const WatchFacts& facts);

}  // namespace quarry::lr
