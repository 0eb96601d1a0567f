#include "common/io/range_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace quarry::io {
namespace {

constexpr std::size_t kSlack = std::size_t{16}
                               << 10;  // read beyond a range at once: most lines end within
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

Error became_shorter(const RandomFile& file) {
  return Error(ErrorCode::kData, "the file became shorter while it was read",
               "read a copy that no longer changes")
      .at(file.path());
}

}  // namespace

// Positions are relative to the buffer, which holds the file from `offset` on.
struct RangeReader::Window {
  std::shared_ptr<Buffer> buffer;
  std::uint64_t offset = 0;
  std::size_t filled = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool over_long = false;

  std::string_view view() const { return {buffer->data(), filled}; }
};

std::size_t RangeReader::buffer_capacity(std::size_t block_size) { return block_size + 1 + kSlack; }

RangeReader::RangeReader(RandomFile file, std::shared_ptr<BufferPool> pool, std::size_t block_size,
                         std::size_t max_line)
    : file_(std::move(file)),
      pool_(std::move(pool)),
      block_size_(block_size),
      max_line_(max_line) {}

std::uint64_t RangeReader::range_count() const {
  return (file_.size() + block_size_ - 1) / block_size_;
}

Result<Block> RangeReader::read(std::uint64_t range) const {
  QUARRY_TRY(Window window, load(range));
  Block block;
  block.starts_input = range == 0;
  block.first_byte = window.offset + window.begin;
  block.over_long_line_follows = window.over_long;
  block.text = window.view().substr(window.begin, window.end - window.begin);
  if (range == 0 && block.text.starts_with(kByteOrderMark)) {
    block.text.remove_prefix(kByteOrderMark.size());
    block.first_byte += kByteOrderMark.size();
  }
  std::memset(window.buffer->data() + window.end, 0, kBlockPadding);
  block.buffer = std::move(window.buffer);
  return block;
}

Result<RangeReader::Window> RangeReader::load(std::uint64_t range) const {
  const std::uint64_t nominal_begin = range * block_size_;
  const std::uint64_t nominal_end = std::min(nominal_begin + block_size_, file_.size());
  Window window;
  window.offset = nominal_begin == 0 ? 0 : nominal_begin - 1;
  window.buffer = pool_->take(0);
  const auto wanted =
      static_cast<std::size_t>(std::min(nominal_end + kSlack, file_.size()) - window.offset);
  QUARRY_TRY(window.filled, file_.read_at(window.offset, window.buffer->data(), wanted));
  if (window.filled < wanted) return fail(became_shorter(file_));
  if (range > 0) {
    const auto last_start = static_cast<std::size_t>(nominal_end - 1 - window.offset);
    const std::size_t newline = window.view().substr(0, last_start).find('\n');
    if (newline == std::string_view::npos)
      return window;  // the range lies inside one line: an empty block
    window.begin = window.end = newline + 1;
  }
  QUARRY_CHECK(find_end(window, nominal_end));
  return window;
}

Result<void> RangeReader::find_end(Window& window, std::uint64_t nominal_end) const {
  const auto last = static_cast<std::size_t>(nominal_end - 1 - window.offset);
  // Where the last line starts: the one that holds the range's last byte.
  const std::string_view own = window.view().substr(window.begin, last - window.begin);
  const std::size_t newline_before = own.rfind('\n');
  const std::size_t line_start =
      newline_before == std::string_view::npos ? window.begin : window.begin + newline_before + 1;
  const std::size_t newline = window.view().find('\n', last);
  std::uint64_t line_end = newline;
  if (newline == std::string_view::npos) {
    const std::uint64_t longest = window.offset + line_start + max_line_ + 1;
    QUARRY_TRY(line_end,
               find_newline(window.offset + window.filled, std::min(longest, file_.size())));
    line_end -= window.offset;
  }
  window.over_long = line_end - line_start > max_line_;
  if (window.over_long) {
    window.end = line_start;
    return ok();
  }
  window.end = static_cast<std::size_t>(std::min(line_end + 1, file_.size() - window.offset));
  return extend(window, window.end);
}

// Where the first newline in [from, to) of the file stands, or `to`. Looking before reading the
// line again into a buffer of its size costs less memory than a buffer that doubles.
Result<std::uint64_t> RangeReader::find_newline(std::uint64_t from, std::uint64_t to) const {
  const auto chunk = pool_->take(0);
  while (from < to) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(chunk->capacity(), to - from));
    QUARRY_TRY(const std::size_t count, file_.read_at(from, chunk->data(), wanted));
    const std::size_t newline = std::string_view(chunk->data(), count).find('\n');
    if (newline != std::string_view::npos) return from + newline;
    if (count < wanted) return fail(became_shorter(file_));
    from += count;
  }
  return to;
}

// Reads on until the window holds the file up to `end`.
Result<void> RangeReader::extend(Window& window, std::size_t end) const {
  if (end <= window.filled) return ok();
  auto larger = pool_->take(end);
  std::memcpy(larger->data(), window.buffer->data(), window.filled);
  window.buffer = std::move(larger);
  const std::size_t missing = end - window.filled;
  QUARRY_TRY(
      const std::size_t count,
      file_.read_at(window.offset + window.filled, window.buffer->data() + window.filled, missing));
  if (count < missing) return fail(became_shorter(file_));
  window.filled = end;
  return ok();
}

}  // namespace quarry::io
