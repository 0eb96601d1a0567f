#include "common/io/line_cutter.h"

#include "common/io/line_splitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace quarry::io {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// RFC 4180 doubles a quote inside quotes, so whether a newline is quoted is the parity of all
// quotes before it. Counting them is fast, and from the known parity of the end a short walk
// backwards finds the last newline outside.
std::size_t quoted_boundary(std::string_view text) {
  bool quoted = count_byte(text, '"') % 2 != 0;
  for (std::size_t i = text.size(); i > 0; --i) {
    if (text[i - 1] == '"') quoted = !quoted;
    if (text[i - 1] == '\n' && !quoted) return i;
  }
  return 0;
}

}  // namespace

std::size_t record_boundary(std::string_view text, Boundary boundary) {
  if (boundary == Boundary::kQuotedRecord) return quoted_boundary(text);
  const void* newline = text.empty() ? nullptr : ::memrchr(text.data(), '\n', text.size());
  return newline == nullptr
             ? 0
             : static_cast<std::size_t>(static_cast<const char*>(newline) - text.data()) + 1;
}

LineCutter::LineCutter(std::unique_ptr<ByteSource> source, std::shared_ptr<BufferPool> pool,
                       const BlockReaderOptions& options, const Interrupts& interrupts)
    : source_(std::move(source)),
      pool_(std::move(pool)),
      block_size_(options.block_size),
      max_line_(options.max_line),
      boundary_(options.boundary),
      follow_(options.follow),
      interrupts_(interrupts),
      buffer_(pool_->take(0)),
      room_(block_size_) {}

Result<std::optional<Block>> LineCutter::next() {
  while (true) {
    if (skipping_) skip();
    if (worth_cutting()) {
      if (const std::size_t length = cut_length(); length > 0) return emit(length);
      if (ended_) break;
      if (filled_ > max_line_ && !skipping_) return emit_long_line();
      if (filled_ == room_) grow();
    }
    fill();
  }
  filled_ = 0;
  if (!error_) return std::nullopt;
  return fail(*std::exchange(error_, std::nullopt));
}

// A full block, or what a live source has brought before it fell silent.
bool LineCutter::worth_cutting() {
  if (ended_ || filled_ >= block_size_) return true;
  return filled_ > 0 && source_->is_live() && !source_->ready_within(std::chrono::milliseconds(0));
}

std::size_t LineCutter::cut_length() const {
  if (skipping_) return 0;
  const bool cut_off = error_ || (interrupts_.raised() && !follow_);
  if (ended_ && !cut_off) return filled_;
  return record_boundary(text(), boundary_);
}

Block LineCutter::emit(std::size_t length) {
  Block block;
  block.text = {buffer_->data(), length};
  block.first_byte = offset_;
  block.lines_before = lines_;
  block.starts_input = !std::exchange(started_, true);
  block.growing = follow_;
  lines_ += count_newlines(block.text);
  if (offset_ == 0 && block.text.starts_with(kByteOrderMark)) {
    block.text.remove_prefix(kByteOrderMark.size());
    block.first_byte = kByteOrderMark.size();
  }
  const std::size_t rest = filled_ - length;
  room_ = rest < block_size_ ? block_size_ : std::min(2 * rest, max_line_ + 1);
  auto next = pool_->take(room_);
  std::memcpy(next->data(), buffer_->data() + length, rest);
  std::memset(buffer_->data() + length, 0, kBlockPadding);
  block.buffer = std::exchange(buffer_, std::move(next));
  filled_ = rest;
  offset_ += length;
  return block;
}

// Names the place only; skip() then passes over the line. With quotes, only its first physical line
// is given up: one stray quote must not swallow the rest of a file.
Block LineCutter::emit_long_line() {
  Block block;
  block.first_byte = offset_;
  block.lines_before = lines_;
  block.starts_input = !std::exchange(started_, true);
  block.growing = follow_;
  block.over_long_line_follows = true;
  skipping_ = true;
  return block;
}

void LineCutter::skip() {
  const std::size_t newline = text().find('\n');
  drop_front(newline == std::string_view::npos ? filled_ : newline + 1);
  if (filled_ < block_size_) room_ = block_size_;
  if (newline == std::string_view::npos) return;
  ++lines_;
  skipping_ = false;
}

void LineCutter::drop_front(std::size_t count) {
  std::memmove(buffer_->data(), buffer_->data() + count, filled_ - count);
  filled_ -= count;
  offset_ += count;
}

void LineCutter::fill() {
  auto count = source_->read(buffer_->data() + filled_, room_ - filled_);
  if (count) {
    filled_ += *count;
    ended_ = *count == 0;
    return;
  }
  ended_ = true;
  if (!interrupts_.raised())
    error_ = count.error();  // an interrupted decompressor sees a truncated input
}

void LineCutter::grow() {
  room_ = std::min(2 * room_, max_line_ + 1);
  if (room_ <= buffer_->capacity()) return;
  auto larger = pool_->take(room_);
  std::memcpy(larger->data(), buffer_->data(), filled_);
  buffer_ = std::move(larger);
}

}  // namespace quarry::io
