// The merge of buffers into time order (see trace.h). Runs that are open wait in a heap by their
// next record's time; the one in hand stays out of it as long as it is the earliest.
#include "common/etl/container/buffer.h"
#include "common/etl/container/record.h"
#include "common/etl/trace.h"
#include "common/etl/trace_state.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace quarry::etl {
namespace {

/// Where a run stands. The buffer's bytes may be let go and read again: this is all that must stay.
struct Run {
  std::int64_t time = 0;     // of the next record
  std::uint64_t offset = 0;  // of the buffer
  std::uint32_t next = 0;    // position of the next record; of an unsorted buffer its rank
  std::uint32_t stored = 0;
  bool sorted = true;
  std::int32_t slot = -1;  // where its bytes are; -1: let go
};

bool later(const Run& a, const Run& b) {
  return std::tie(a.time, a.offset) > std::tie(b.time, b.offset);
}

/// Bytes of a buffer, and the order of its records where they are not sorted.
struct Slot {
  LoadedBuffer buffer;
  std::vector<std::pair<std::int64_t, std::uint32_t>> order;  // time and position
  std::size_t memory() const {
    return buffer.storage.capacity() + order.capacity() * sizeof(order[0]);
  }
};

/// Records by time, those without one behind the record before them (the first ones: before the
/// first that has one).
void sort_records(Bytes payload, Slot& slot) {
  slot.order.clear();
  std::int64_t time = 0;
  Frame frame = frame_at(payload, 0);
  for (; frame.state == FrameState::kRecord; frame = frame_at(payload, position_behind(frame))) {
    const std::int64_t own = raw_time_of(frame.kind, payload.subspan(frame.position, frame.size));
    if (own != 0 && time == 0) {
      for (auto& untimed : slot.order) untimed.first = own;
    }
    if (own != 0) time = own;
    slot.order.emplace_back(time, static_cast<std::uint32_t>(frame.position));
  }
  std::sort(slot.order.begin(), slot.order.end());
}

}  // namespace

struct EventStream::State {
  explicit State(const Trace::State& trace)
      : trace_(trace), loader_(*trace.source, trace.format, trace.header.compressed()) {}

  Result<bool> next(Event& event);

 private:
  Result<void> choose();
  Result<void> load(Run& run);
  void let_go(Run& run);
  void shed(std::int32_t number);
  void make_room(std::size_t size);
  Frame frame_of(const Run& run) const;
  bool advance(Run& run, const Frame& frame);

  const Trace::State& trace_;
  BufferLoader loader_;
  std::size_t opened_ = 0;  // entries of the index
  std::vector<Run> heap_;
  Run current_;
  bool has_current_ = false;
  std::vector<Slot> slots_;
  std::vector<std::int32_t> free_;
  std::size_t held_ = 0;  // bytes in slots
};

/// Reads the run's buffer into a slot.
Result<void> EventStream::State::load(Run& run) {
  make_room(run.stored);
  if (free_.empty()) {
    free_.push_back(static_cast<std::int32_t>(slots_.size()));
    slots_.emplace_back();
  }
  Slot& slot = slots_[static_cast<std::size_t>(free_.back())];
  held_ -= slot.memory();
  QUARRY_CHECK(loader_.load(run.offset, run.stored, slot.buffer));
  if (!run.sorted) sort_records(slot.buffer.payload(), slot);
  held_ += slot.memory();
  run.slot = free_.back();
  free_.pop_back();
  return ok();
}

/// The slot keeps its memory for the next buffer, as long as there is plenty.
void EventStream::State::let_go(Run& run) {
  if (run.slot < 0) return;
  if (held_ > kOpenBytes / 2) shed(run.slot);
  free_.push_back(run.slot);
  run.slot = -1;
}

void EventStream::State::shed(std::int32_t number) {
  Slot& slot = slots_[static_cast<std::size_t>(number)];
  held_ -= slot.memory();
  slot = Slot{};
}

/// Of the open runs those that are needed last are let go first: down to half, so that a trace
/// which overlaps everywhere does not ask for every buffer anew.
void EventStream::State::make_room(std::size_t size) {
  if (held_ + size <= kOpenBytes) return;
  for (const std::int32_t number : free_) shed(number);
  if (held_ + size <= kOpenBytes) return;
  std::vector<Run*> loaded;
  for (Run& run : heap_) {
    if (run.slot >= 0) loaded.push_back(&run);
  }
  std::sort(loaded.begin(), loaded.end(), [](const Run* a, const Run* b) { return later(*a, *b); });
  for (Run* const run : loaded) {
    if (held_ + size <= kOpenBytes / 2) break;
    shed(run->slot);
    free_.push_back(run->slot);
    run->slot = -1;
  }
}

/// Makes the run with the earliest record the current one.
Result<void> EventStream::State::choose() {
  const BufferIndex& index = trace_.index;
  while (true) {
    const Run* earliest = has_current_ ? &current_ : nullptr;
    if (!heap_.empty() && (earliest == nullptr || later(*earliest, heap_.front())))
      earliest = &heap_.front();
    if (opened_ == index.size()) break;
    const BufferEntry& entry = index[opened_];
    Run fresh{.time = entry.first_time,
              .offset = entry.offset,
              .stored = entry.stored,
              .sorted = entry.sorted};
    if (earliest != nullptr && later(fresh, *earliest)) break;
    ++opened_;
    heap_.push_back(fresh);
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  if (has_current_ && (heap_.empty() || !later(current_, heap_.front()))) return ok();
  if (heap_.empty()) return ok();
  std::pop_heap(heap_.begin(), heap_.end(), later);
  if (has_current_) {
    std::swap(current_, heap_.back());
    std::push_heap(heap_.begin(), heap_.end(), later);
  } else {
    current_ = heap_.back();
    heap_.pop_back();
    has_current_ = true;
  }
  return ok();
}

Frame EventStream::State::frame_of(const Run& run) const {
  const Slot& slot = slots_[static_cast<std::size_t>(run.slot)];
  const Bytes payload = slot.buffer.payload();
  if (run.sorted) return frame_at(payload, run.next);
  if (run.next >= slot.order.size()) return {};
  return frame_at(payload, slot.order[run.next].second);
}

/// Moves behind `frame`; false where the run ends there.
bool EventStream::State::advance(Run& run, const Frame& frame) {
  run.next = run.sorted ? static_cast<std::uint32_t>(position_behind(frame)) : run.next + 1;
  const Frame following = frame_of(run);
  if (following.state != FrameState::kRecord) return false;
  const Slot& slot = slots_[static_cast<std::size_t>(run.slot)];
  if (run.sorted) {
    const std::int64_t time = raw_time_of(
        following.kind, slot.buffer.payload().subspan(following.position, following.size));
    if (time != 0) run.time = time;
  } else {
    run.time = slot.order[run.next].first;
  }
  return true;
}

Result<bool> EventStream::State::next(Event& event) {
  while (true) {
    QUARRY_CHECK(choose());
    if (!has_current_) return false;
    if (current_.slot < 0) QUARRY_CHECK(load(current_));
    const Frame frame = frame_of(current_);
    // The file may have changed under us since it was surveyed.
    if (frame.state != FrameState::kRecord) {
      let_go(current_);
      has_current_ = false;
      continue;
    }
    const Slot& slot = slots_[static_cast<std::size_t>(current_.slot)];
    const Bytes record = slot.buffer.payload().subspan(frame.position, frame.size);
    parse_record(frame.kind, record, event);
    event.time = trace_.clock.to_filetime(event.has_time ? event.raw_time : current_.time);
    event.processor = slot.buffer.processor;
    event.buffer = current_.offset;
    event.position = static_cast<std::uint32_t>(frame.position + kBufferHeaderSize);
    if (!advance(current_, frame)) {
      // The slot is free for the next load, which happens in the next call at the earliest.
      let_go(current_);
      has_current_ = false;
    }
    return true;
  }
}

EventStream::EventStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
EventStream::EventStream(EventStream&&) noexcept = default;
EventStream& EventStream::operator=(EventStream&&) noexcept = default;
EventStream::~EventStream() = default;

Result<bool> EventStream::next(Event& event) { return state_->next(event); }

EventStream Trace::events() const {
  return EventStream(std::make_unique<EventStream::State>(*state_));
}

}  // namespace quarry::etl
