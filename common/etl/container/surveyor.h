// The first walk over a trace: counts every record, notes where each buffer begins in time, and
// hands the records that describe others to whoever keeps them.
#pragma once

#include "common/base/result.h"
#include "common/etl/container/buffer_index.h"
#include "common/etl/container/buffer_walk.h"
#include "common/etl/container/record.h"
#include "common/etl/event.h"
#include "common/etl/problem.h"
#include "common/etl/survey.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <unordered_map>
#include <vector>

namespace quarry::etl {

struct EventKeyHash {
  std::size_t operator()(const EventKey& key) const;
};

class Surveyor {
 public:
  Surveyor(const Clock& clock, Survey& survey, Problems& problems)
      : clock_(clock), survey_(survey), problems_(problems) {}

  /// Called for every record.
  using Each = std::function<void(const Event&)>;
  /// Walks the records of one buffer.
  BufferEntry walk(const BufferPlace& place, Bytes payload, const Each& each);
  /// What can only be told once all buffers were seen.
  void finish(const TraceHeader& header);

 private:
  void begin(const BufferPlace& place);
  void count(const Event& event);
  void note_time(const Event& event, BufferEntry& entry);
  void note_provider(const Event& event);
  std::string kept_name(std::string_view name);
  void tell_broken_end(const BufferPlace& place, const Frame& frame);
  std::uint64_t tell_gaps();
  void tell_missing_end(const TraceHeader& header, std::uint64_t lost);

  const Clock& clock_;
  Survey& survey_;
  Problems& problems_;
  std::unordered_map<EventKey, EventCount, EventKeyHash> counts_;
  EventKey last_key_;
  EventCount* last_count_ = nullptr;
  Guid last_provider_;
  std::size_t name_bytes_ = 0;  // of all names that are kept
  std::vector<std::int64_t> sequences_;
  std::int64_t previous_ = 0;     // raw time of the record before, in the order of the file
  std::int64_t buffer_time_ = 0;  // the same, in this buffer
  std::int64_t first_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace quarry::etl
