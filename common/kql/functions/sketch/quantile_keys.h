// Cells as keys of Quantiles and back. int, long and timespan become doubles: exact up to 2^53, and
// buckets are relative errors. Instants are told apart by ticks.
#pragma once

#include "common/kql/functions/sketch/quantiles.h"
#include "common/value/column.h"

#include <cmath>
#include <limits>

namespace quarry::kql::functions {

template <Type T>
std::int64_t key_of(const Cell<T>& cell) {
  if constexpr (T == Type::kDatetime)
    return cell.ticks;
  else if constexpr (T == Type::kTimespan)
    return key_of_real(static_cast<double>(cell.ticks));
  else
    return key_of_real(static_cast<double>(cell));
}

template <Type T>
Cell<T> cell_of(std::int64_t key) {
  if constexpr (T == Type::kDatetime) {
    return Datetime{key};
  } else if constexpr (T == Type::kReal) {
    return real_of_key(key);
  } else {
    const double value = std::nearbyint(real_of_key(key));
    const std::int64_t whole = value >= 9.2233720368547758e18
                                   ? std::numeric_limits<std::int64_t>::max()
                                   : static_cast<std::int64_t>(value);
    if constexpr (T == Type::kTimespan)
      return Timespan{whole};
    else
      return whole;
  }
}

}  // namespace quarry::kql::functions
