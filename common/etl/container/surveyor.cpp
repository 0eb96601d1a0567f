#include "common/etl/container/surveyor.h"

#include "common/etl/container/open_buffer.h"
#include "common/etl/schema/trace_logging.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace quarry::etl {
namespace {

/// Sequence numbers that are kept to look for gaps: 32 MiB of them.
constexpr std::size_t kMaxSequences = std::size_t{4} << 20;
/// A step this wide is a broken number, not a loss.
constexpr std::uint64_t kMaxGap = 1'000'000;
/// Of one name; a record could hold 64 KiB of it.
constexpr std::size_t kMaxName = 1024;
/// Of all names together: a crafted file could bring ever new ones.
constexpr std::size_t kMaxNameBytes = std::size_t{8} << 20;

}  // namespace

std::size_t EventKeyHash::operator()(const EventKey& key) const {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::memcpy(&low, key.provider.bytes.data(), 8);
  std::memcpy(&high, key.provider.bytes.data() + 8, 8);
  const std::uint64_t small = std::uint64_t{static_cast<std::uint8_t>(key.kind)} << 40 |
                              std::uint64_t{key.group} << 32 | std::uint64_t{key.version} << 16 |
                              key.id;
  std::uint64_t hash = (low ^ small) * 0x9E3779B97F4A7C15U;
  hash = (hash ^ (hash >> 29) ^ high ^ key.name_hash) * 0xBF58476D1CE4E5B9U;
  return static_cast<std::size_t>(hash ^ (hash >> 32));
}

void Surveyor::begin(const BufferPlace& place) {
  ++survey_.buffers;
  if (place.header.compressed()) ++survey_.compressed_buffers;
  if (place.header.lost_events()) problems_.add(ProblemKind::kBufferFlagLost, place.offset);
  survey_.processors.insert(place.header.processor);
  if (sequences_.size() < kMaxSequences) sequences_.push_back(place.header.sequence);
}

/// Cut where it is too long, empty where there are too many.
std::string Surveyor::kept_name(std::string_view name) {
  std::size_t size = std::min(name.size(), kMaxName);
  const auto inside = [&] { return (static_cast<unsigned char>(name[size]) & 0xC0) == 0x80; };
  while (size > 0 && size < name.size() && inside()) --size;
  if (size > kMaxNameBytes - name_bytes_) return {};
  name_bytes_ += size;
  return std::string(name.substr(0, size));
}

void Surveyor::note_provider(const Event& event) {
  if (event.extended.empty() || event.provider == last_provider_) return;
  const std::string_view name = traits_provider_name(event);
  if (name.empty()) return;
  last_provider_ = event.provider;
  auto& names = survey_.provider_names;
  if (names.size() >= Survey::kMaxKeys || names.contains(event.provider)) return;
  names.emplace(event.provider, kept_name(name));
}

void Surveyor::count(const Event& event) {
  ++survey_.events;
  ++survey_.kinds[static_cast<std::size_t>(event.kind)];
  const EventKey key = key_of(event);
  if (last_count_ == nullptr || key != last_key_) {
    auto found = counts_.find(key);
    if (found == counts_.end()) {
      if (counts_.size() >= Survey::kMaxKeys) {
        ++survey_.uncounted;
        return;
      }
      found = counts_.try_emplace(key).first;
      found->second.name = kept_name(trace_logging_name(event));
    }
    last_key_ = key;
    last_count_ = &found->second;
  }
  ++last_count_->count;
  last_count_->bytes += event.payload.size();
}

void Surveyor::note_time(const Event& event, BufferEntry& entry) {
  if (!event.has_time) return;
  const std::int64_t time = event.raw_time;
  if (time < buffer_time_) entry.sorted = false;
  buffer_time_ = time;
  entry.first_time = std::min(entry.first_time, time);
  first_ = std::min(first_, time);
  last_ = std::max(last_, time);
  // Two raw times may be one FILETIME.
  if (time < previous_ && clock_.to_filetime(time) < clock_.to_filetime(previous_))
    ++survey_.out_of_order;
  previous_ = time;
}

void Surveyor::tell_broken_end(const BufferPlace& place, const Frame& frame) {
  if (frame.state == FrameState::kEnd) return;
  problems_.add(
      frame.state == FrameState::kObsolete ? ProblemKind::kObsoleteRecord : ProblemKind::kBadRecord,
      place.offset, fmt::format("record at {} of the buffer", frame.position + kBufferHeaderSize));
}

BufferEntry Surveyor::walk(const BufferPlace& place, Bytes payload, const Each& each) {
  constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  begin(place);
  BufferEntry entry{.first_time = kNever, .offset = place.offset, .stored = place.stored};
  buffer_time_ = std::numeric_limits<std::int64_t>::min();
  if (survey_.events == 0) previous_ = buffer_time_;
  const std::uint64_t before = survey_.events;
  Event event;
  Frame frame = frame_at(payload, 0);
  for (; frame.state == FrameState::kRecord; frame = frame_at(payload, position_behind(frame))) {
    const RecordState state =
        parse_record(frame.kind, payload.subspan(frame.position, frame.size), event);
    if (state == RecordState::kBadExtendedItem)
      problems_.add(ProblemKind::kBadExtendedItem, place.offset + frame.position);
    if (event.kind == RecordKind::kError)
      problems_.add(ProblemKind::kErrorRecords, place.offset + frame.position);
    survey_.record_bytes += frame.size;
    event.buffer = place.offset;
    event.position = static_cast<std::uint32_t>(frame.position + kBufferHeaderSize);
    note_time(event, entry);
    note_provider(event);
    count(event);
    each(event);
  }
  tell_broken_end(place, frame);
  const std::size_t memory =
      OpenBuffer::memory_for(payload.size(), survey_.events - before, entry.sorted);
  entry.memory_kib = static_cast<std::uint16_t>((memory + 1023) / 1024);
  if (entry.first_time == kNever) entry.first_time = clock_.raw_start;
  return entry;
}

/// The first buffer has number 0 whatever follows; circular files go on anywhere, merged ones hold
/// the numbers of several sessions. The buffers that are missing.
std::uint64_t Surveyor::tell_gaps() {
  if (sequences_.size() < 3) return 0;
  std::sort(sequences_.begin() + 1, sequences_.end());
  std::uint64_t missing = 0;
  for (std::size_t i = 2; i < sequences_.size(); ++i) {
    const std::uint64_t step =
        static_cast<std::uint64_t>(sequences_[i]) - static_cast<std::uint64_t>(sequences_[i - 1]);
    if (step > 1 && step < kMaxGap) missing += step - 1;
  }
  if (missing > 0) problems_.add(ProblemKind::kSequenceGap, 0, {}, missing);
  return missing;
}

/// A file that was cut between two buffers. Gaps in the sequence may account for what is missing; a
/// number far beyond the file is no count.
void Surveyor::tell_missing_end(const TraceHeader& header, std::uint64_t lost) {
  const std::uint64_t found = survey_.buffers + lost;
  const bool is_closed = header.end.ticks != 0 && !header.circular();
  if (!is_closed || header.buffers_written <= found || header.buffers_written - found > kMaxGap)
    return;
  problems_.add(ProblemKind::kFewerBuffers, 0,
                fmt::format("{}, {} found", header.buffers_written, survey_.buffers));
}

void Surveyor::finish(const TraceHeader& header) {
  for (auto& [key, value] : counts_) survey_.by_key.emplace(key, std::move(value));
  counts_.clear();
  if (first_ <= last_) {
    survey_.first = clock_.to_filetime(first_);
    survey_.last = clock_.to_filetime(last_);
  }
  const std::uint64_t missing = tell_gaps();
  if (header.events_lost > 0) problems_.add(ProblemKind::kEventsLost, 0, {}, header.events_lost);
  if (header.buffers_lost > 0) problems_.add(ProblemKind::kBuffersLost, 0, {}, header.buffers_lost);
  if (header.end.ticks == 0 || header.buffers_written == 0)
    problems_.add(ProblemKind::kNeverClosed, 0);
  tell_missing_end(header, missing);
  if (header.perf_frequency <= 0 && header.clock_kind != ClockKind::kSystemTime &&
      header.clock_kind != ClockKind::kCpuCycle)
    problems_.add(ProblemKind::kOddClock, 0);
  if (header.pointer_size != 4 && header.pointer_size != 8)
    problems_.add(ProblemKind::kOddPointerSize, 0, fmt::to_string(header.pointer_size));
}

}  // namespace quarry::etl
