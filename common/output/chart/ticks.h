// Where an axis is marked: round numbers and round times.
#pragma once

#include "common/time/ticks.h"

#include <cstddef>
#include <string>
#include <vector>

namespace quarry::output {

struct Tick {
  double at = 0;     // in the axis's unit
  std::string text;  // "1.5", "12:30"
};

/// 0 and multiples of 1, 2 or 5 times a power of ten up to the first that is not below `largest`,
/// `wanted` + 1 of them at most. An axis of nothing ends at 1.
std::vector<Tick> number_ticks(double largest, std::size_t wanted);

/// Multiples of a round length (1 ms … 1 s, 5 s … 1 h … 1 d) within the span, at most `wanted`;
/// `at` counts ticks of 100 ns from `start`. Texts are as short as the length allows: "12:30:05".
std::vector<Tick> time_ticks(Datetime start, Timespan span, std::size_t wanted);

}  // namespace quarry::output
