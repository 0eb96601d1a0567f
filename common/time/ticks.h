// KQL's datetime and timespan: 64-bit counts of 100 ns ticks, in types of their own so that they
// never mix with plain numbers.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace quarry {

inline constexpr std::int64_t kTicksPerMicrosecond = 10;
inline constexpr std::int64_t kTicksPerMillisecond = 10'000;
inline constexpr std::int64_t kTicksPerSecond = 10'000'000;
inline constexpr std::int64_t kTicksPerMinute = 60 * kTicksPerSecond;
inline constexpr std::int64_t kTicksPerHour = 60 * kTicksPerMinute;
inline constexpr std::int64_t kTicksPerDay = 24 * kTicksPerHour;
/// 0001-01-01 to 1970-01-01.
inline constexpr std::int64_t kUnixEpochTicks = 621'355'968'000'000'000;

/// Ticks since 0001-01-01T00:00:00Z; 0 … kMaxTicks (9999-12-31T23:59:59.9999999Z).
struct Datetime {
  static constexpr std::int64_t kMaxTicks = 3'155'378'975'999'999'999;
  std::int64_t ticks = 0;
  friend auto operator<=>(const Datetime&, const Datetime&) = default;
};

/// Signed ticks.
struct Timespan {
  std::int64_t ticks = 0;
  friend auto operator<=>(const Timespan&, const Timespan&) = default;
};

}  // namespace quarry
