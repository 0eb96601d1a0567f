// Buffered output to a descriptor. Knows when the reader has gone (EPIPE) and can flush by time
// while input is live.
#pragma once

#include "common/base/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::io {

/// Not thread-safe. Does not own the descriptor. SIGPIPE must be ignored by the program.
class Sink {
 public:
  /// `name` is for messages ("stdout", a path).
  explicit Sink(int descriptor, std::string name, std::size_t buffer_size = std::size_t{256} << 10);
  /// Drops what was not flushed: flush() is where errors are heard.
  ~Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  /// Buffers, writing through when full. kReaderGone once the reader has gone away, kData for other
  /// failures ("disk full").
  Result<void> write(std::string_view bytes);
  Result<void> flush();
  /// Flushes when the oldest buffered byte waits longer than `age`: call it between batches of live
  /// input.
  Result<void> flush_if_older(std::chrono::milliseconds age);
  /// The buffer itself, to append to without a copy; call write({}) afterwards to keep it short.
  std::string& buffer() { return buffer_; }
  std::uint64_t bytes_written() const {
    return flushed_ + buffer_.size();
  }  ///< including those still buffered

 private:
  Result<void> write_out(std::string_view bytes);

  int descriptor_;
  std::string name_;
  std::size_t limit_;
  std::string buffer_;
  std::uint64_t flushed_ = 0;
  bool aging_ = false;
  std::chrono::steady_clock::time_point oldest_{};
};

}  // namespace quarry::io
