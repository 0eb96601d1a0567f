#include "common/etl/container/open_buffer.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace quarry::etl {

Result<void> OpenBuffer::load(BufferLoader& loader, std::uint64_t offset, std::uint32_t stored,
                              bool sorted) {
  sorted_ = sorted;
  first_ = 0;
  is_cut_ = false;
  order_.clear();
  QUARRY_CHECK(loader.load(offset, stored, buffer_));
  if (!sorted) sort();
  return ok();
}

/// Records by time, those without one behind the record before them (the first ones: before the
/// first that has one).
void OpenBuffer::sort() {
  const Bytes payload = buffer_.payload();
  std::size_t records = 0;
  Frame frame = frame_at(payload, 0);
  for (; frame.state == FrameState::kRecord; frame = frame_at(payload, position_behind(frame)))
    ++records;
  // Growing step by step would take twice the memory, and more while it grows.
  if (order_.capacity() < records) order_ = std::vector<Place>();
  order_.reserve(records);
  std::int64_t time = 0;
  frame = frame_at(payload, 0);
  for (; frame.state == FrameState::kRecord; frame = frame_at(payload, position_behind(frame))) {
    const std::int64_t own = raw_time_of(frame.kind, bytes(frame));
    if (own != 0 && time == 0) {
      for (Place& untimed : order_) untimed.time = own;
    }
    if (own != 0) time = own;
    const auto position = static_cast<std::uint32_t>(frame.position);
    order_.push_back({time, position, position});
  }
  std::sort(order_.begin(), order_.end(), [](const Place& a, const Place& b) {
    return std::tie(a.time, a.position) < std::tie(b.time, b.position);
  });
}

Frame OpenBuffer::frame(std::uint32_t next) const {
  if (sorted_) return frame_at(buffer_.payload(), next - first_);
  if (next - first_ >= order_.size()) return {};
  return frame_at(buffer_.payload(), order_[next - first_].at);
}

std::uint32_t OpenBuffer::position(std::uint32_t next) const {
  return sorted_ ? next : order_[next - first_].position;
}

std::uint32_t OpenBuffer::behind(std::uint32_t next, const Frame& frame) const {
  return sorted_ ? first_ + static_cast<std::uint32_t>(position_behind(frame)) : next + 1;
}

bool OpenBuffer::time_of(std::uint32_t next, std::int64_t before, std::int64_t& time) const {
  const Frame following = frame(next);
  if (following.state != FrameState::kRecord) {
    time = time_behind_;
    return is_cut_;
  }
  const std::int64_t own =
      sorted_ ? raw_time_of(following.kind, bytes(following)) : order_[next - first_].time;
  time = own == 0 ? before : own;
  return true;
}

void OpenBuffer::keep(std::vector<std::uint8_t> bytes, std::uint32_t first) {
  buffer_.size = bytes.size();
  buffer_.storage = std::move(bytes);
  first_ = first;
}

void OpenBuffer::cut_sorted(std::uint32_t next, std::int64_t time, std::size_t limit) {
  const Bytes payload = buffer_.payload();
  const std::size_t begin = next - first_;
  std::size_t end = begin;
  Frame frame = frame_at(payload, begin);
  for (; frame.state == FrameState::kRecord; frame = frame_at(payload, end)) {
    const std::int64_t own = raw_time_of(frame.kind, bytes(frame));
    if (own != 0) time = own;
    if (end > begin && position_behind(frame) - begin > limit) {
      is_cut_ = true;
      time_behind_ = time;
      break;
    }
    end = position_behind(frame);
  }
  const Bytes kept = slice(payload, begin, end - begin);
  keep({kept.begin(), kept.end()}, next);
}

void OpenBuffer::cut_unsorted(std::uint32_t next, std::size_t limit) {
  std::vector<std::uint8_t> kept;
  std::vector<Place> order;
  kept.reserve(std::min(limit, buffer_.size));
  for (std::size_t i = next - first_; i < order_.size(); ++i) {
    const Frame frame = frame_at(buffer_.payload(), order_[i].at);
    const std::size_t size = position_behind(frame) - frame.position;
    if (!order.empty() && kept.size() + size + (order.size() + 1) * sizeof(Place) > limit) {
      is_cut_ = true;
      time_behind_ = order_[i].time;
      break;
    }
    const Bytes record = bytes(frame);
    order.push_back(order_[i]);
    order.back().at = static_cast<std::uint32_t>(kept.size());
    kept.insert(kept.end(), record.begin(), record.end());
    kept.resize(order.back().at + size);
  }
  order.shrink_to_fit();
  kept.shrink_to_fit();
  order_ = std::move(order);
  keep(std::move(kept), next);
}

void OpenBuffer::cut(std::uint32_t next, std::int64_t time, std::size_t limit) {
  if (memory() <= limit) return;
  sorted_ ? cut_sorted(next, time, limit) : cut_unsorted(next, limit);
}

}  // namespace quarry::etl
