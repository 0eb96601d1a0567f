// Cuts a byte stream into blocks of whole lines. The tail behind the last line of a block moves to
// the front of the next one, so each byte is copied once at most; a line longer than a block makes
// the buffer grow, one beyond max_line is skipped.
#pragma once

#include "common/base/result.h"
#include "common/io/block.h"
#include "common/io/block_reader.h"
#include "common/io/byte_source.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace quarry::io {

/// Length of the text up to its last record end, 0 where it has none. The text must begin with a
/// record.
std::size_t record_boundary(std::string_view text, Boundary boundary);

/// Used by one thread.
class LineCutter {
 public:
  LineCutter(std::unique_ptr<ByteSource> source, std::shared_ptr<BufferPool> pool,
             const BlockReaderOptions& options, const Interrupts& interrupts);

  /// The next block, without number and input. Whole lines before a damaged place come first, then
  /// the error, then nullopt. When interrupted, an open last line is dropped, except with `follow`.
  Result<std::optional<Block>> next();

 private:
  bool worth_cutting();
  std::size_t cut_length() const;
  Block emit(std::size_t length);
  Block emit_long_line();
  void skip();
  void fill();
  void grow();
  void drop_front(std::size_t count);
  std::string_view text() const { return {buffer_->data(), filled_}; }

  std::unique_ptr<ByteSource> source_;
  std::shared_ptr<BufferPool> pool_;
  std::size_t block_size_;
  std::size_t max_line_;
  Boundary boundary_;
  bool follow_;
  Interrupts interrupts_;
  std::shared_ptr<Buffer> buffer_;
  // How far it is filled at most: never beyond max_line and a newline, so that what fits does not
  // depend on where a line lies.
  std::size_t room_;
  std::size_t filled_ = 0;
  std::uint64_t offset_ = 0;  // of the buffer's first byte in the input
  std::uint64_t lines_ = 0;   // newlines before it
  bool started_ = false;
  bool skipping_ = false;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace quarry::io
