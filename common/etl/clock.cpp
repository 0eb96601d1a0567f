#include "common/etl/clock.h"

#include <limits>

namespace quarry::etl {
namespace {

// The product of a 64-bit difference and 10,000,000 needs 88 bits.
__extension__ using Wide = __int128;

Wide floor_divide(Wide value, Wide divisor) {
  const Wide quotient = value / divisor;
  return quotient * divisor > value ? quotient - 1 : quotient;
}

std::int64_t clamp(Wide value) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (value > Limits::max()) return Limits::max();
  if (value < Limits::min()) return Limits::min();
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::string_view name_of(ClockKind kind) {
  switch (kind) {
    case ClockKind::kUnset:
      return "raw0";
    case ClockKind::kQpc:
      return "qpc";
    case ClockKind::kSystemTime:
      return "systemtime";
    case ClockKind::kCpuCycle:
      return "cpucycle";
  }
  return "unknown";
}

FileTime Clock::to_filetime(std::int64_t raw) const {
  if (kind == ClockKind::kSystemTime) return {raw};
  const Wide passed = Wide{raw} - raw_start;
  const bool cycles = kind == ClockKind::kCpuCycle;
  const Wide numerator = cycles ? 10 : kTicksPerSecond;
  Wide divisor = cycles ? Wide{cpu_mhz} : Wide{frequency};
  if (divisor <= 0) divisor = cycles ? 1 : kTicksPerSecond;
  if (numerator == divisor) return {clamp(passed + start.ticks)};
  return {clamp(floor_divide(passed * numerator, divisor) + start.ticks)};
}

}  // namespace quarry::etl
