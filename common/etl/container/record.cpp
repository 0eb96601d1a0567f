#include "common/etl/container/record.h"

#include "common/etl/event_class.h"

#include <array>

namespace quarry::etl {
namespace {

/// Bytes of the header alone, by kind; 0: not a kind of record.
constexpr std::array<std::uint8_t, kRecordKinds> kMinimum = [] {
  std::array<std::uint8_t, kRecordKinds> sizes{};
  const auto set = [&sizes](RecordKind kind, std::uint8_t size) {
    sizes[static_cast<std::size_t>(kind)] = size;
  };
  for (const RecordKind kind : {RecordKind::kSystem32, RecordKind::kSystem64}) set(kind, 32);
  for (const RecordKind kind : {RecordKind::kCompact32, RecordKind::kCompact64}) set(kind, 24);
  for (const RecordKind kind : {RecordKind::kFull32, RecordKind::kFull64}) set(kind, 48);
  for (const RecordKind kind : {RecordKind::kInstance32, RecordKind::kInstance64}) set(kind, 72);
  for (const RecordKind kind : {RecordKind::kPerfInfo32, RecordKind::kPerfInfo64}) set(kind, 16);
  for (const RecordKind kind : {RecordKind::kEvent32, RecordKind::kEvent64}) set(kind, 80);
  for (const RecordKind kind : {RecordKind::kTimed, RecordKind::kError, RecordKind::kWnode,
                                RecordKind::kMessage, RecordKind::kUlongTime})
    set(kind, 8);
  return sizes;
}();

constexpr bool is_32_bit(RecordKind kind) {
  switch (kind) {
    case RecordKind::kSystem32:
    case RecordKind::kCompact32:
    case RecordKind::kFull32:
    case RecordKind::kInstance32:
    case RecordKind::kPerfInfo32:
    case RecordKind::kEvent32:
      return true;
    default:
      return false;
  }
}

// Parts of a message's header that are there when their flag is set, in this order (MESSAGE_TRACE).
enum MessageFlag : std::uint16_t {
  kSequence = 0x01,
  kGuid = 0x02,
  kComponent = 0x04,
  kTime = 0x08,
  kSystemInfo = 0x20,
  kPointer32 = 0x40,
};

std::size_t message_time_offset(std::uint16_t flags) {
  std::size_t offset = 8;
  if ((flags & kSequence) != 0) offset += 4;
  if ((flags & kGuid) != 0) {
    offset += 16;
  } else if ((flags & kComponent) != 0) {
    offset += 4;
  }
  return offset;
}

void set_kernel_class(Event& event, std::uint8_t group, std::uint8_t type) {
  event.group = group;
  event.opcode = type;
  if (const EventClass* const found = find_kernel_class(group, type)) event.provider = found->guid;
}

void parse_kernel(RecordKind kind, Bytes record, Event& event) {
  const bool compact = kind == RecordKind::kCompact32 || kind == RecordKind::kCompact64;
  event.version = record[0];
  set_kernel_class(event, record[7], record[6]);
  event.thread_id = read_u32(record, 8);
  event.process_id = read_u32(record, 12);
  event.payload = record.subspan(compact ? 24 : 32);
}

/// Behind the header lie a PEBS index and performance counters where the version's high byte says
/// so.
void parse_perf_info(Bytes record, Event& event) {
  const std::uint16_t version = read_u16(record, 0);
  const std::size_t counters =
      std::size_t{(version & 0x8000) != 0 ? 1U : 0U} + ((version >> 8) & 7U);
  event.version = record[0];
  set_kernel_class(event, record[7], record[6]);
  event.payload = slice(record, 16 + 8 * counters);
}

/// Bytes of the items at the start of `rest`; what follows the first bad one counts as payload.
RecordState measure_items(Bytes rest, std::size_t& size) {
  size = 0;
  while (true) {
    const Bytes item = slice(rest, size);
    const std::size_t item_size = read_u16(item, 0);
    const bool good = item.size() >= 8 && item_size >= 8 && item_size % 8 == 0 &&
                      item_size <= item.size() && read_u16(item, 6) <= item_size - 8;
    if (!good) return RecordState::kBadExtendedItem;
    size += item_size;
    if ((read_u16(item, 4) & 1) == 0) return RecordState::kWhole;
  }
}

RecordState parse_event_header(Bytes record, Event& event) {
  event.flags = read_u16(record, 4);
  event.thread_id = read_u32(record, 8);
  event.process_id = read_u32(record, 12);
  event.provider = read_guid(record, 24);
  event.has_provider = true;
  event.id = read_u16(record, 40);
  event.version = record[42];
  event.channel = record[43];
  event.level = record[44];
  event.opcode = record[45];
  event.task = read_u16(record, 46);
  event.keywords = read_u64(record, 48);
  event.activity = read_guid(record, 64);
  const Bytes rest = record.subspan(80);
  if ((event.flags & 1) == 0) {
    event.payload = rest;
    return RecordState::kWhole;
  }
  std::size_t items = 0;
  const RecordState state = measure_items(rest, items);
  event.extended = rest.first(items);
  event.payload = rest.subspan(items);
  return state;
}

void parse_classic(RecordKind kind, Bytes record, Event& event) {
  const bool instance = kind == RecordKind::kInstance32 || kind == RecordKind::kInstance64;
  event.opcode = record[4];
  event.level = record[5];
  event.version = record[6];
  event.thread_id = read_u32(record, 8);
  event.process_id = read_u32(record, 12);
  event.provider = read_guid(record, 24);
  event.has_provider = true;
  event.payload = record.subspan(instance ? 72 : 48);
}

void parse_message(Bytes record, Event& event) {
  event.id = read_u16(record, 4);
  event.flags = read_u16(record, 6);
  if ((event.flags & kPointer32) != 0) event.pointer_size = 4;
  if ((event.flags & kGuid) != 0) {
    event.provider = read_guid(record, (event.flags & kSequence) != 0 ? 12 : 8);
    event.has_provider = true;
  }
  std::size_t at = message_time_offset(event.flags) + ((event.flags & kTime) != 0 ? 8U : 0U);
  if ((event.flags & kSystemInfo) != 0) {
    if (record.size() >= at + 8) {
      event.thread_id = read_u32(record, at);
      event.process_id = read_u32(record, at + 4);
    }
    at += 8;
  }
  event.payload = slice(record, at);
}

/// The kind that a marker names; kTimed's number 0 stands for none.
bool kind_of_marker(std::uint32_t marker, RecordKind& kind) {
  const std::uint32_t top = marker >> 24;
  if ((top & 0xC0) == 0xC0) {
    const std::uint32_t type = (marker >> 16) & 0xFF;
    kind = static_cast<RecordKind>(type);
    return type < static_cast<std::uint32_t>(RecordKind::kUlongTime) && kMinimum[type] != 0;
  }
  kind = (top & 0x20) != 0 ? RecordKind::kUlongTime : RecordKind::kMessage;
  return (top & 0x10) != 0;
}

}  // namespace

Frame frame_at(Bytes payload, std::size_t position) {
  Frame frame;
  frame.position = position;
  if (position + 8 > payload.size()) return frame;
  const std::uint32_t marker = read_u32(payload, position);
  if (marker == 0 || marker == 0xFFFFFFFF) return frame;
  if ((marker >> 31) == 0) {
    frame.state = FrameState::kObsolete;
    return frame;
  }
  frame.state = FrameState::kBad;
  if (!kind_of_marker(marker, frame.kind)) return frame;
  frame.size = is_kernel(frame.kind) ? read_u16(payload, position + 4) : marker & 0xFFFF;
  const bool fits = frame.size >= kMinimum[static_cast<std::size_t>(frame.kind)] &&
                    frame.size <= payload.size() - position;
  if (fits) frame.state = FrameState::kRecord;
  return frame;
}

std::int64_t raw_time_of(RecordKind kind, Bytes record) {
  switch (kind) {
    case RecordKind::kPerfInfo32:
    case RecordKind::kPerfInfo64:
      return read_i64(record, 8);
    case RecordKind::kMessage: {
      const std::uint16_t flags = read_u16(record, 6);
      return (flags & kTime) != 0 ? read_i64(record, message_time_offset(flags)) : 0;
    }
    case RecordKind::kError:
    case RecordKind::kTimed:
    case RecordKind::kWnode:
    case RecordKind::kUlongTime:
      return 0;
    default:
      return read_i64(record, 16);
  }
}

RecordState parse_record(RecordKind kind, Bytes record, Event& event) {
  event = Event{};
  event.kind = kind;
  event.pointer_size = is_32_bit(kind) ? 4 : 8;
  event.raw_time = raw_time_of(kind, record);
  event.has_time = event.raw_time != 0;
  if (is_event_header(kind)) return parse_event_header(record, event);
  if (is_classic(kind)) {
    parse_classic(kind, record, event);
  } else if (kind == RecordKind::kPerfInfo32 || kind == RecordKind::kPerfInfo64) {
    parse_perf_info(record, event);
  } else if (is_kernel(kind)) {
    parse_kernel(kind, record, event);
  } else if (kind == RecordKind::kMessage) {
    parse_message(record, event);
  } else {
    event.payload = slice(record, 8);
  }
  return RecordState::kWhole;
}

}  // namespace quarry::etl
