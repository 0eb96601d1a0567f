#include "common/etl/container/buffer_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::etl {
namespace {

constexpr std::uint32_t kPreallocate = 0x20;

}  // namespace

/// Compressed buffers have no common size.
bool BufferWalk::has_session_size() const {
  return !header_.compressed() && header_.buffer_size >= kBufferHeaderSize &&
         header_.buffer_size <= kMaxBufferSize;
}

/// A header without a size: space that was set aside and never used, or damage. False: no way on.
bool BufferWalk::skip_empty(const BufferHeader& header, bool all_zero) {
  const bool set_aside = all_zero && (header_.mode & kPreallocate) != 0;
  if (!set_aside)
    problems_.add(ProblemKind::kBadBufferHeader, offset_, fmt::format("size {}", header.size));
  if (!has_session_size()) return false;
  offset_ += header_.buffer_size;
  return true;
}

/// How much of the file is this buffer's, and where the next one begins.
void BufferWalk::measure(BufferPlace& place) {
  const std::uint64_t left = source_.size() - offset_;
  const std::uint32_t size = place.header.size;
  place.stored = size;
  std::uint64_t step = size;
  if (size > left || size > kMaxBufferSize) {
    const bool wrong = size != header_.buffer_size && has_session_size();
    if (wrong && header_.buffer_size <= left) {
      problems_.add(ProblemKind::kBadBufferHeader, offset_, fmt::format("size {}", size));
      place.stored = header_.buffer_size;
      step = header_.buffer_size;
    } else {
      problems_.add(
          size > left ? ProblemKind::kTruncated : ProblemKind::kBadBufferHeader, offset_,
          size > left ? fmt::format("{} of {} bytes", left, size) : fmt::format("size {}", size));
      place.stored = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, kMaxBufferSize));
    }
  }
  offset_ += std::min(step, left);
}

void BufferWalk::check_data_end(const BufferPlace& place) {
  const BufferHeader& header = place.header;
  if (!header.holds_events()) return;
  const std::uint32_t end = header.data_end();
  const bool expands = header.compressed() && header_.compressed();
  const bool too_large = end > kMaxBufferSize || (!expands && end > header.size);
  const bool too_small = end == 0 && (header.filled != 0 || header.saved != 0);
  if (too_large || too_small) {
    problems_.add(ProblemKind::kBadBufferHeader, place.offset,
                  fmt::format("data ends at {}", header.filled));
  }
  if (header.compressed() && !header_.compressed()) {
    problems_.add(ProblemKind::kBadBufferHeader, place.offset,
                  "marked as compressed in a file that is not");
  }
}

Result<bool> BufferWalk::next(BufferPlace& place) {
  std::array<std::uint8_t, kBufferHeaderSize> head{};
  while (offset_ < source_.size()) {
    QUARRY_TRY(const std::size_t got, source_.read_at(offset_, head));
    if (got < head.size()) {
      problems_.add(ProblemKind::kTruncated, offset_, fmt::format("{} bytes", got));
      return false;
    }
    place.offset = offset_;
    place.header = parse_buffer_header(head);
    if (place.header.size >= kBufferHeaderSize) {
      measure(place);
      check_data_end(place);
      return true;
    }
    const bool all_zero = std::all_of(head.begin(), head.end(), [](auto b) { return b == 0; });
    if (!skip_empty(place.header, all_zero)) return false;
  }
  return false;
}

}  // namespace quarry::etl
