// A buffer that the merge has open: its records in the order of time. Where memory is short it
// keeps only the next ones and must be loaded again for those behind them.
#pragma once

#include "common/etl/container/buffer.h"
#include "common/etl/container/record.h"

#include <cstdint>
#include <vector>

namespace quarry::etl {

/// Records of a sorted buffer are named by their position in the payload, those of an unsorted one
/// by their rank in time: both stay the same when the buffer is cut or loaded again.
class OpenBuffer {
 public:
  Result<void> load(BufferLoader& loader, std::uint64_t offset, std::uint32_t stored, bool sorted);
  /// Keeps the record `next`, whose time is `time`, and of those behind it as many as fit into
  /// `limit` bytes.
  void cut(std::uint32_t next, std::int64_t time, std::size_t limit);

  /// No record: the end of what is kept.
  Frame frame(std::uint32_t next) const;
  Bytes bytes(const Frame& frame) const {
    return buffer_.payload().subspan(frame.position, frame.size);
  }
  /// Of the record in the whole payload.
  std::uint32_t position(std::uint32_t next) const;
  /// The name of the record behind.
  std::uint32_t behind(std::uint32_t next, const Frame& frame) const;
  /// The time of `next`, which follows one of time `before`; false at the end of the buffer.
  bool time_of(std::uint32_t next, std::int64_t before, std::int64_t& time) const;

  std::uint16_t processor() const { return buffer_.processor; }
  std::size_t memory() const {
    return buffer_.storage.capacity() + order_.capacity() * sizeof(Place);
  }
  /// What a buffer takes, for those who make room for it.
  static std::size_t memory_for(std::size_t payload, std::size_t records, bool sorted) {
    return payload + (sorted ? 0 : records * sizeof(Place));
  }

 private:
  struct Place {
    std::int64_t time = 0;
    std::uint32_t position = 0;  // in the whole payload
    std::uint32_t at = 0;        // in what is kept of it
  };
  void sort();
  void cut_sorted(std::uint32_t next, std::int64_t time, std::size_t limit);
  void cut_unsorted(std::uint32_t next, std::size_t limit);
  void keep(std::vector<std::uint8_t> bytes, std::uint32_t first);

  LoadedBuffer buffer_;
  std::vector<Place> order_;  // of an unsorted buffer
  bool sorted_ = true;
  std::uint32_t first_ = 0;  // the first record that is kept
  bool is_cut_ = false;
  std::int64_t time_behind_ = 0;  // of the first record that was cut off
};

}  // namespace quarry::etl
