// The clock of a trace: raw time stamps of its records -> FILETIME.
#pragma once

#include "common/etl/filetime.h"

#include <cstdint>
#include <string_view>

namespace quarry::etl {

/// ReservedFlags of the trace header, low byte (evntrace.h: WNODE_HEADER.ClientContext).
enum class ClockKind : std::uint8_t { kUnset = 0, kQpc = 1, kSystemTime = 2, kCpuCycle = 3 };

/// "qpc", "systemtime", "cpucycle", "raw0" (unset: read as qpc), "unknown" (as qpc).
std::string_view name_of(ClockKind kind);

/// A value; cheap to copy. A frequency of 0 counts as 10,000,000, a CPU speed of 0 as 1 MHz.
struct Clock {
  ClockKind kind = ClockKind::kQpc;
  std::int64_t raw_start = 0;  // of the first record
  FileTime start{};            // at raw_start
  std::int64_t frequency = 10'000'000;
  std::uint32_t cpu_mhz = 1;

  /// Exact in whole numbers, rounded down; the nearest 64-bit number where the result does not fit.
  FileTime to_filetime(std::int64_t raw) const;
};

}  // namespace quarry::etl
