// One record of a trace, whatever header it came with.
#pragma once

#include "common/etl/bytes.h"
#include "common/etl/filetime.h"
#include "common/value/guid.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::etl {

/// The header of a record. The numbers are those of the file; 32 and 64 tell the pointer size of
/// its payload.
enum class RecordKind : std::uint8_t {
  kSystem32 = 1,
  kSystem64 = 2,
  kCompact32 = 3,
  kCompact64 = 4,
  kFull32 = 10,  // classic event of a provider (EVENT_TRACE_HEADER)
  kInstance32 = 11,
  kTimed = 12,
  kError = 13,  // an event that could not be logged
  kWnode = 14,
  kMessage = 15,  // WPP
  kPerfInfo32 = 16,
  kPerfInfo64 = 17,
  kEvent32 = 18,  // EVENT_HEADER: manifest and TraceLogging events
  kEvent64 = 19,
  kFull64 = 20,
  kInstance64 = 21,
  kUlongTime = 31,  // obsolete ULONG32_TIME (ours: the file has no number for it)
};
inline constexpr std::size_t kRecordKinds = 32;

/// "system64", "event32", "message" …
std::string_view name_of(RecordKind kind);

constexpr bool is_event_header(RecordKind kind) {
  return kind == RecordKind::kEvent32 || kind == RecordKind::kEvent64;
}
/// A record of the kernel logger: it carries a group and a type instead of a provider.
constexpr bool is_kernel(RecordKind kind) {
  return (kind >= RecordKind::kSystem32 && kind <= RecordKind::kCompact64) ||
         kind == RecordKind::kPerfInfo32 || kind == RecordKind::kPerfInfo64;
}
constexpr bool is_classic(RecordKind kind) {
  return kind == RecordKind::kFull32 || kind == RecordKind::kFull64 ||
         kind == RecordKind::kInstance32 || kind == RecordKind::kInstance64;
}

/// A process or thread that the record does not name.
inline constexpr std::uint32_t kNoId = 0xFFFFFFFF;

/// Plain data. `payload` and `extended` are views into the buffer that the event came from: valid
/// until the stream is asked for the next event. What a kind of header lacks keeps its default.
struct Event {
  RecordKind kind = RecordKind::kEvent64;
  std::uint8_t pointer_size = 8;  // of the payload: 4 or 8; one file mixes both
  std::uint8_t version = 0;       // of the payload's layout
  std::uint8_t channel = 0;
  std::uint8_t level = 0;
  std::uint8_t opcode = 0;  // for kernel and classic records: their type
  std::uint8_t group = 0;   // kernel records only
  bool has_provider = false;
  bool has_time = false;
  std::uint16_t id = 0;  // EVENT_HEADER: event id; message: message number
  std::uint16_t task = 0;
  std::uint16_t flags = 0;  // of EVENT_HEADER and of messages
  std::uint16_t processor = 0;
  std::uint32_t process_id = kNoId;
  std::uint32_t thread_id = kNoId;
  std::int64_t raw_time = 0;  // in the clock of the trace
  FileTime time{};
  std::uint64_t keywords = 0;
  /// EVENT_HEADER: provider; classic: event class; kernel: class of the group (event_class.h), zero
  /// where unknown; message: message GUID.
  Guid provider{};
  Guid activity{};  // EVENT_HEADER only; zero: none
  Bytes payload;
  Bytes extended;              // extended data items, as they lie in the record: ExtendedItems
  std::uint64_t buffer = 0;    // where the record's buffer begins in the file
  std::uint32_t position = 0;  // of the record in the (expanded) buffer, buffer header included
};

/// Kinds of extended data items that are looked into (evntcons.h).
enum class ExtendedType : std::uint16_t {
  kRelatedActivity = 1,  // GUID
  kSid = 2,
  kTerminalSession = 3,  // u32
  kInstance = 4,
  kStack32 = 5,  // u64 match id, u32[]
  kStack64 = 6,
  kEventKey = 10,
  kTraceLogging = 11,    // the event's own schema
  kProviderTraits = 12,  // u16 size, UTF-8 name, NUL, traits
  kProcessStartKey = 13,
};

struct ExtendedItem {
  std::uint16_t type = 0;
  Bytes data;
};

/// Walks the items of an event: `ExtendedItems items(event.extended); ExtendedItem item; while
/// (items.next(item)) …`. Stops at the first that does not fit.
class ExtendedItems {
 public:
  explicit ExtendedItems(Bytes extended) : rest_(extended) {}
  bool next(ExtendedItem& item);

 private:
  Bytes rest_;
};

/// The data of the first item of that type; empty where there is none.
Bytes find_extended(const Event& event, ExtendedType type);
/// Of item 1.
std::optional<Guid> related_activity(const Event& event);
/// The provider's name as a TraceLogging event carries it (item 12); a view into the event, may be
/// empty.
std::string_view traits_provider_name(const Event& event);

/// The GUID that lies at `offset`, its bytes put into the order in which they are printed; zero
/// where it does not fit.
Guid read_guid(Bytes bytes, std::size_t offset);

}  // namespace quarry::etl
