// Records inside a buffer: where each one ends, and its header's facts.
#pragma once

#include "common/etl/bytes.h"
#include "common/etl/event.h"

#include <cstddef>
#include <cstdint>

namespace quarry::etl {

enum class FrameState : std::uint8_t {
  kRecord,
  kEnd,       // filler, or the buffer's end
  kBad,       // unknown header, or a size that cannot be: the rest of the buffer is lost
  kObsolete,  // a WNODE record: the same
};

struct Frame {
  FrameState state = FrameState::kEnd;
  RecordKind kind = RecordKind::kError;
  std::size_t position = 0;
  std::size_t size = 0;  // header included, padding not
};

/// The record at `position` (a multiple of 8) of an expanded buffer, buffer header left out.
Frame frame_at(Bytes payload, std::size_t position);
/// Where the record behind begins.
constexpr std::size_t position_behind(const Frame& frame) {
  return frame.position + ((frame.size + 7) & ~std::size_t{7});
}

/// The raw time of a record; 0 where it has none.
std::int64_t raw_time_of(RecordKind kind, Bytes record);

enum class RecordState : std::uint8_t { kWhole, kBadExtendedItem };
/// Fills all but `time`, `buffer`, `position` and `processor`. `record` is as long as its frame.
RecordState parse_record(RecordKind kind, Bytes record, Event& event);

}  // namespace quarry::etl
