// A block: about 1 MiB of whole lines in one counted buffer. Blocks are what workers take from an
// input, and what batches keep alive while they hold views into the text. Buffers go back to a pool
// when the last reference drops, so memory does not grow with the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace quarry::io {

/// Readable bytes behind the text of every block, all zero: vector code may load past the end.
inline constexpr std::size_t kBlockPadding = 64;
inline constexpr std::size_t kDefaultBlockSize = std::size_t{1} << 20;
inline constexpr std::size_t kDefaultMaxLine = std::size_t{16} << 20;

/// What the text of a block without lines points at: padding alone.
inline constexpr char kEmptyText[kBlockPadding] = {};

/// Memory of one block. Its owner may write to it until it is handed out as const.
class Buffer {
 public:
  explicit Buffer(std::size_t capacity);
  char* data() { return bytes_.get(); }
  const char* data() const { return bytes_.get(); }
  std::size_t capacity() const { return capacity_; }  ///< without the padding, which lies behind it

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_;
};

/// Recycles buffers of one size. Thread-safe. Buffers may outlive the pool's last owner: each keeps
/// the pool alive.
class BufferPool : public std::enable_shared_from_this<BufferPool> {
 public:
  static std::shared_ptr<BufferPool> create(std::size_t usual_capacity);

  /// A buffer of at least this capacity, its bytes unspecified. Larger ones than usual are freed,
  /// not kept, when dropped.
  std::shared_ptr<Buffer> take(std::size_t capacity);
  std::size_t usual_capacity() const { return usual_capacity_; }

 private:
  explicit BufferPool(std::size_t usual_capacity) : usual_capacity_(usual_capacity) {}
  void give_back(std::unique_ptr<Buffer> buffer);

  std::mutex mutex_;
  std::vector<std::unique_ptr<Buffer>> idle_;
  std::size_t usual_capacity_;
};

/// Whole lines of one input. Every line ends with '\n' except perhaps the last of the input. May be
/// empty: a range of a file that lies inside one long line still has its number, so numbers stay
/// dense.
struct Block {
  /// Keeps `text` alive: copy it into whatever holds views into the text.
  std::shared_ptr<const Buffer> buffer;
  /// Followed by kBlockPadding zero bytes.
  std::string_view text{kEmptyText, 0};
  /// Offset of text in the (decompressed) input; 3 after a byte-order mark.
  std::uint64_t first_byte = 0;
  /// In the order of the inputs and their bytes; dense, from 0, unless BlockOrder::kInterleaved.
  std::uint64_t number = 0;
  /// Index into BlockReader::inputs().
  std::uint32_t input = 0;
  /// Newlines of the input before the text, where the source counts them.
  std::optional<std::uint64_t> lines_before;
  /// The first block of its input (a CSV header is here).
  bool starts_input = false;
  /// Behind the text a line beyond max_line was skipped: count it as bad. It begins at end_byte().
  bool over_long_line_follows = false;
  /// Of a followed input: a broken last line without newline is half-written, not bad.
  bool growing = false;

  std::uint64_t end_byte() const { return first_byte + text.size(); }
  bool last_line_is_open() const { return !text.empty() && text.back() != '\n'; }
};

}  // namespace quarry::io
