// Now, injected: reports repeat with --now, tests run with a fixed time.
#pragma once

#include <cstdint>

namespace quarry {

/// 100 ns ticks since 0001-01-01 UTC (the epoch of KQL's datetime), from the system clock.
std::int64_t system_ticks_now();
/// Monotonic seconds, for durations shown to people.
double monotonic_seconds();

}  // namespace quarry
