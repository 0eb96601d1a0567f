#include "common/etl/trace_header.h"

#include "common/etl/container/record.h"
#include "common/etl/utf16.h"

#include <array>
#include <string_view>

namespace quarry::etl {
namespace {

struct ModeBit {
  std::uint32_t bit;
  std::string_view name;
};
// evntrace.h, EVENT_TRACE_*_MODE.
constexpr std::array kModeBits{
    ModeBit{0x1, "sequential"},
    ModeBit{0x2, "circular"},
    ModeBit{0x4, "append"},
    ModeBit{0x8, "newfile"},
    ModeBit{0x20, "preallocate"},
    ModeBit{0x100, "realtime"},
    ModeBit{0x400, "buffering"},
    ModeBit{0x800, "private"},
    ModeBit{0x2000, "kilobytes"},
    ModeBit{0x10000, "relog"},
    ModeBit{0x20000, "private_in_process"},
    ModeBit{0x02000000, "system"},
    ModeBit{0x04000000, "compressed"},
    ModeBit{0x08000000, "independent"},
    ModeBit{0x10000000, "no_per_processor_buffering"},
};

constexpr std::size_t kPointers = 56;       // two of them, to be ignored
constexpr std::size_t kTimeZoneSize = 172;  // TIME_ZONE_INFORMATION

}  // namespace

std::string mode_names(std::uint32_t mode) {
  std::string names;
  for (const ModeBit& entry : kModeBits) {
    if ((mode & entry.bit) == 0) continue;
    if (!names.empty()) names += ", ";
    names += entry.name;
  }
  return names;
}

Clock TraceHeader::clock() const {
  return {.kind = clock_kind,
          .raw_start = raw_start,
          .start = start,
          .frequency = perf_frequency,
          .cpu_mhz = cpu_mhz};
}

Result<TraceHeader> parse_trace_header(Bytes record) {
  const Frame frame = frame_at(record, 0);
  const bool system = frame.kind == RecordKind::kSystem32 || frame.kind == RecordKind::kSystem64;
  if (frame.state == FrameState::kEnd || !system || read_u16(record, 6) != 0) {
    return fail(ErrorCode::kData, "is no Windows trace: it does not begin with a trace header");
  }
  const Bytes body = slice(record, 32, frame.size > 32 ? frame.size - 32 : 0);
  TraceHeader header;
  header.raw_start = read_i64(record, 16);
  header.buffer_size = read_u32(body, 0);
  header.major = read_u8(body, 4);
  header.minor = read_u8(body, 5);
  header.layout_major = read_u8(body, 6);
  header.layout_minor = read_u8(body, 7);
  header.build = read_u32(body, 8);
  header.processors = read_u32(body, 12);
  header.end.ticks = read_i64(body, 16);
  header.timer_resolution = read_u32(body, 24);
  header.maximum_file_size = read_u32(body, 28);
  header.mode = read_u32(body, 32);
  header.buffers_written = read_u32(body, 36);
  header.pointer_size = read_u32(body, 44);
  header.events_lost = read_u32(body, 48);
  header.cpu_mhz = read_u32(body, 52);
  std::size_t pointer = header.pointer_size;
  if (pointer != 4 && pointer != 8) pointer = frame.kind == RecordKind::kSystem64 ? 8 : 4;
  const std::size_t zone = kPointers + 2 * pointer;
  header.bias_minutes = read_number<std::int32_t>(body, zone);
  const std::size_t times = (zone + kTimeZoneSize + 7) & ~std::size_t{7};
  if (body.size() < times + 32) return fail(ErrorCode::kData, "ends inside the trace header");
  header.boot.ticks = read_i64(body, times);
  header.perf_frequency = read_i64(body, times + 8);
  header.start.ticks = read_i64(body, times + 16);
  header.clock_kind = static_cast<ClockKind>(read_u8(body, times + 24));
  header.buffers_lost = read_u32(body, times + 28);
  const Bytes logger = utf16_until_nul(body, times + 32);
  header.logger_name = utf16_to_utf8(logger);
  header.log_file_name = utf16_to_utf8(utf16_until_nul(body, times + 32 + logger.size() + 2));
  return header;
}

}  // namespace quarry::etl
