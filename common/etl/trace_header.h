// TRACE_LOGFILE_HEADER, the first record of a trace: facts about the recording session.
#pragma once

#include "common/base/result.h"
#include "common/etl/bytes.h"
#include "common/etl/clock.h"
#include "common/etl/filetime.h"

#include <cstdint>
#include <string>

namespace quarry::etl {

struct TraceHeader {
  std::uint32_t buffer_size = 0;
  std::uint8_t major = 0;  // of Windows
  std::uint8_t minor = 0;
  std::uint8_t layout_major = 0;  // of the file: 1.5 as a session writes it, 2.0 merged
  std::uint8_t layout_minor = 0;
  std::uint32_t build = 0;
  std::uint32_t processors = 0;
  FileTime start{};
  FileTime end{};  // 0: the session was never closed
  FileTime boot{};
  std::uint32_t timer_resolution = 0;   // 100 ns
  std::uint32_t maximum_file_size = 0;  // MiB (KiB where the mode says so)
  std::uint32_t mode = 0;               // LogFileMode
  std::uint32_t buffers_written = 0;    // not to be trusted
  std::uint32_t events_lost = 0;
  std::uint32_t buffers_lost = 0;
  std::uint32_t pointer_size = 8;  // of the machine that wrote it: 4 or 8
  std::uint32_t cpu_mhz = 0;
  std::int64_t perf_frequency = 0;
  std::int32_t bias_minutes = 0;  // UTC = local + bias
  ClockKind clock_kind = ClockKind::kQpc;
  std::int64_t raw_start = 0;
  std::string logger_name;  // UTF-8
  std::string log_file_name;

  bool compressed() const { return (mode & 0x0400'0000) != 0; }
  bool circular() const { return (mode & 0x2) != 0; }
  Clock clock() const;
};

/// "sequential, circular, compressed": the known bits of LogFileMode; "" where none is set.
std::string mode_names(std::uint32_t mode);

/// From the first record. kData where it is no trace header or is cut off before the clock's facts.
Result<TraceHeader> parse_trace_header(Bytes record);

}  // namespace quarry::etl
