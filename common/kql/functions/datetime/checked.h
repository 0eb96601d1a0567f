// Arithmetic on ticks that ends in null instead of wrapping around.
#pragma once

#include "common/time/ticks.h"

#include <cmath>
#include <cstdint>
#include <optional>

namespace quarry::kql::functions {

/// Ticks as a datetime, where they are one.
inline std::optional<Datetime> datetime_of(std::int64_t ticks) {
  if (ticks < 0 || ticks > Datetime::kMaxTicks) return std::nullopt;
  return Datetime{ticks};
}

inline std::optional<Datetime> checked_add(Datetime value, std::int64_t ticks) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(value.ticks, ticks, &sum)) return std::nullopt;
  return datetime_of(sum);
}
inline std::optional<Datetime> checked_subtract(Datetime value, std::int64_t ticks) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(value.ticks, ticks, &difference)) return std::nullopt;
  return datetime_of(difference);
}

/// Seconds with a fraction as ticks, rounded; nullopt where they do not fit.
inline std::optional<std::int64_t> ticks_of(double count, std::int64_t unit) {
  const double ticks = std::round(count * static_cast<double>(unit));
  if (!(std::fabs(ticks) < 9.2e18)) return std::nullopt;
  return static_cast<std::int64_t>(ticks);
}

}  // namespace quarry::kql::functions
