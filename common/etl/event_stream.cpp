// The merge of buffers into time order (see trace.h). Runs that are open wait in a heap by their
// next record's time; the one in hand stays out of it as long as it is the earliest.
#include "common/etl/container/open_buffer.h"
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
  std::size_t memory = 0;
  bool sorted = true;
  std::int32_t slot = -1;  // where its bytes are; -1: let go
};

bool later(const Run& a, const Run& b) {
  return std::tie(a.time, a.offset) > std::tie(b.time, b.offset);
}

}  // namespace

struct EventStream::State {
  explicit State(const Trace::State& trace)
      : trace_(trace), loader_(*trace.source, trace.format, trace.header.compressed()) {}

  Result<bool> next(Event& event);
  std::size_t held() const { return held_; }

 private:
  Result<void> choose();
  Result<void> load(Run& run);
  void let_go(Run& run);
  void free_spent();
  void shed(std::int32_t number);
  void make_room(std::size_t size);
  OpenBuffer& slot_of(const Run& run) { return slots_[static_cast<std::size_t>(run.slot)]; }
  void advance(const Frame& frame);

  const Trace::State& trace_;
  BufferLoader loader_;
  std::size_t opened_ = 0;  // entries of the index
  std::vector<Run> heap_;
  Run current_;
  bool has_current_ = false;
  std::vector<OpenBuffer> slots_;
  std::vector<std::int32_t> free_;
  std::int32_t spent_ = -1;  // the slot of the last event, of which its run needs no more
  std::size_t held_ = 0;     // bytes in slots
};

/// Reads the run's buffer into a slot.
Result<void> EventStream::State::load(Run& run) {
  make_room(run.memory);
  if (free_.empty()) {
    free_.push_back(static_cast<std::int32_t>(slots_.size()));
    slots_.emplace_back();
  }
  OpenBuffer& slot = slots_[static_cast<std::size_t>(free_.back())];
  held_ -= slot.memory();
  const Result<void> loaded = slot.load(loader_, run.offset, run.stored, run.sorted);
  held_ += slot.memory();
  QUARRY_CHECK(loaded);
  run.slot = free_.back();
  free_.pop_back();
  return ok();
}

/// The event that was read last still views the slot: it is free from the next call on.
void EventStream::State::let_go(Run& run) { spent_ = std::exchange(run.slot, -1); }

/// The slot keeps its memory for the next buffer, as long as there is plenty.
void EventStream::State::free_spent() {
  if (spent_ < 0) return;
  if (held_ > kOpenBytes / 2) shed(spent_);
  free_.push_back(std::exchange(spent_, -1));
}

void EventStream::State::shed(std::int32_t number) {
  OpenBuffer& slot = slots_[static_cast<std::size_t>(number)];
  held_ -= slot.memory();
  slot = OpenBuffer{};
}

/// Open runs keep their next records only, those that are needed last first; then they are let go
/// whole. Down to half, so that there is room for a while. A share for each run bounds how often a
/// buffer is read: by its size over the share, not by its records.
void EventStream::State::make_room(std::size_t size) {
  if (held_ + size <= kOpenBytes) return;
  for (const std::int32_t number : free_) shed(number);
  if (held_ + size <= kOpenBytes) return;
  std::vector<Run*> loaded;
  for (Run& run : heap_) {
    if (run.slot >= 0) loaded.push_back(&run);
  }
  std::sort(loaded.begin(), loaded.end(), [](const Run* a, const Run* b) { return later(*a, *b); });
  const std::size_t share = kOpenBytes / 2 / (heap_.size() + 1);
  for (Run* const run : loaded) {
    if (held_ + size <= kOpenBytes / 2) break;
    OpenBuffer& slot = slot_of(*run);
    held_ -= slot.memory();
    slot.cut(run->next, run->time, share);
    held_ += slot.memory();
  }
  for (Run* const run : loaded) {
    if (held_ + size <= kOpenBytes) break;
    shed(run->slot);
    free_.push_back(std::exchange(run->slot, -1));
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
              .memory = std::size_t{entry.memory_kib} * 1024,
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

/// Moves the current run behind `frame`; where it ends there, there is none.
void EventStream::State::advance(const Frame& frame) {
  const OpenBuffer& slot = slot_of(current_);
  current_.next = slot.behind(current_.next, frame);
  has_current_ = slot.time_of(current_.next, current_.time, current_.time);
  const bool is_kept = has_current_ && slot.frame(current_.next).state == FrameState::kRecord;
  if (!is_kept) let_go(current_);
}

Result<bool> EventStream::State::next(Event& event) {
  free_spent();
  while (true) {
    QUARRY_CHECK(choose());
    if (!has_current_) return false;
    if (current_.slot < 0) QUARRY_CHECK(load(current_));
    const OpenBuffer& slot = slot_of(current_);
    const Frame frame = slot.frame(current_.next);
    // The file may have changed under us since it was surveyed.
    if (frame.state != FrameState::kRecord) {
      let_go(current_);
      free_spent();
      has_current_ = false;
      continue;
    }
    parse_record(frame.kind, slot.bytes(frame), event);
    event.time = trace_.clock.to_filetime(event.has_time ? event.raw_time : current_.time);
    event.processor = slot.processor();
    event.buffer = current_.offset;
    event.position = slot.position(current_.next) + static_cast<std::uint32_t>(kBufferHeaderSize);
    advance(frame);
    return true;
  }
}

EventStream::EventStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
EventStream::EventStream(EventStream&&) noexcept = default;
EventStream& EventStream::operator=(EventStream&&) noexcept = default;
EventStream::~EventStream() = default;

Result<bool> EventStream::next(Event& event) { return state_->next(event); }
std::size_t EventStream::open_bytes() const { return state_->held(); }

EventStream Trace::events() const {
  return EventStream(std::make_unique<EventStream::State>(*state_));
}

}  // namespace quarry::etl
