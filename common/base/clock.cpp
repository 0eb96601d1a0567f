#include "common/base/clock.h"

#include <chrono>

namespace quarry {

std::int64_t system_ticks_now() {
  using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
  constexpr std::int64_t kTicksBefore1970 = 621'355'968'000'000'000;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return kTicksBefore1970 + std::chrono::duration_cast<Ticks>(since_1970).count();
}

double monotonic_seconds() {
  const auto since_boot = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since_boot).count();
}

}  // namespace quarry
