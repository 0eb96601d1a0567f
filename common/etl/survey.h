// Counts over a whole trace, made while it is walked for the first time.
#pragma once

#include "common/etl/event.h"
#include "common/etl/filetime.h"
#include "common/value/guid.h"

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace quarry::etl {

/// What counts as one sort of event: EVENT_HEADER by provider, id and version; classic and kernel
/// records by class, type and version (group in `group`); messages by GUID and number.
struct EventKey {
  Guid provider;
  RecordKind kind = RecordKind::kEvent64;
  std::uint8_t group = 0;
  std::uint16_t id = 0;  // the type of kernel and classic records
  std::uint8_t version = 0;
  std::uint64_t name_hash = 0;  // TraceLogging events have a name instead of an id; else 0
  friend auto operator<=>(const EventKey&, const EventKey&) = default;
};
EventKey key_of(const Event& event);

struct EventCount {
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;  // of payload
  std::string name;         // of TraceLogging events: of the first one
};

struct Survey {
  std::uint64_t buffers = 0;
  std::uint64_t compressed_buffers = 0;
  std::uint64_t events = 0;
  std::uint64_t record_bytes = 0;  // of all records, after expansion
  std::array<std::uint64_t, kRecordKinds> kinds{};
  std::map<EventKey, EventCount> by_key;
  std::uint64_t uncounted = 0;                 // events beyond kMaxKeys sorts of them
  std::map<Guid, std::string> provider_names;  // as providers name themselves (item 12)
  std::set<std::uint16_t> processors;
  /// Over records with a raw time other than 0.
  std::optional<FileTime> first;
  std::optional<FileTime> last;
  /// Records that lie in the file behind one with a later time.
  std::uint64_t out_of_order = 0;

  /// More sorts than a file in order has; bounds the memory that a crafted one can take.
  static constexpr std::size_t kMaxKeys = 50'000;
};

}  // namespace quarry::etl
