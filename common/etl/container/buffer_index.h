// Where the buffers of a trace lie and when each begins: what the merge into time order works from.
#pragma once

#include <cstdint>
#include <deque>

namespace quarry::etl {

/// 24 bytes; a file of 100 GB in buffers of 64 KiB needs 38 MB.
struct BufferEntry {
  std::int64_t first_time = 0;   // the earliest raw time in it
  std::uint64_t offset = 0;      // in the file
  std::uint32_t stored = 0;      // bytes there, header included
  std::uint16_t memory_kib = 0;  // it takes that much when it is open
  bool sorted = true;            // time never falls inside it
};

/// In blocks, so that growing copies nothing. In the order of the file while it is built, then of
/// first_time and offset.
using BufferIndex = std::deque<BufferEntry>;

}  // namespace quarry::etl
