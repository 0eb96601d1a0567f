// Reads a plain file in ranges, each by itself. A range stands for the lines that begin in it, so
// its block starts behind the first newline at or after the byte before the range, and ends with
// the line that crosses the range's end. Two neighbours agree on that border without talking,
// whoever reads them and when.
#pragma once

#include "common/base/result.h"
#include "common/io/block.h"
#include "common/io/random_file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace quarry::io {

class RangeReader {
 public:
  /// Capacity that the pool's buffers should have for this block size.
  static std::size_t buffer_capacity(std::size_t block_size);

  RangeReader(RandomFile file, std::shared_ptr<BufferPool> pool, std::size_t block_size,
              std::size_t max_line);

  std::uint64_t range_count() const;
  /// The block of a range, without number and input. Thread-safe.
  Result<Block> read(std::uint64_t range) const;

 private:
  struct Window;  // a stretch of the file in memory
  Result<Window> load(std::uint64_t range) const;
  Result<void> find_end(Window& window, std::uint64_t nominal_end) const;
  Result<std::uint64_t> find_newline(std::uint64_t from, std::uint64_t to) const;
  Result<void> extend(Window& window, std::size_t end) const;

  RandomFile file_;
  std::shared_ptr<BufferPool> pool_;
  std::size_t block_size_;
  std::size_t max_line_;
};

}  // namespace quarry::io
