// What a running query tells its kernels: the same for the whole run, so results repeat.
#pragma once

#include "common/base/cancel.h"
#include "common/base/diagnostics.h"
#include "common/time/ticks.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace quarry::kql {

/// Read once per run. Outlives every kernel.
struct RunContext {
  Datetime now;                   // what now() and ago() see (--now)
  std::uint64_t random_seed = 0;  // rand(), new_guid(), sample
  CancelToken* cancel = nullptr;
  Diagnostics* diagnostics = nullptr;  // warnings while running
};

}  // namespace quarry::kql
