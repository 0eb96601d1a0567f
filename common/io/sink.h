// Buffered output to a descriptor. Knows when the reader has gone (EPIPE) and can see to it that
// nothing waits in the buffer while input is live.
#pragma once

#include "common/base/result.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace quarry::io {

/// Used by one thread. Does not own the descriptor. SIGPIPE must be ignored by the program.
class Sink {
 public:
  static constexpr std::size_t kBufferSize = std::size_t{256} << 10;

  /// `name` is for messages ("stdout", a path).
  explicit Sink(int descriptor, std::string name, std::size_t buffer_size = kBufferSize);
  /// The descriptor is asked for when the first byte is written out (a pager starts then).
  Sink(std::function<int()> descriptor, std::string name, std::size_t buffer_size = kBufferSize);
  /// Drops what was not flushed: flush() is where errors are heard.
  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  /// Buffers, writing through when full. kReaderGone once the reader has gone away, kData for other
  /// failures ("disk full").
  /// Once something is lost, every later call gives that error again.
  Result<void> write(std::string_view bytes);
  Result<void> flush();
  /// The last flush: afterwards the descriptor may be closed.
  Result<void> finish();
  /// From now on no byte waits longer in the buffer: a thread of the sink's own flushes it.
  void flush_every(std::chrono::milliseconds age);
  /// Including those still buffered.
  std::uint64_t bytes_written() const;

 private:
  Result<void> write_out(std::string_view bytes);
  Result<void> write_bytes(std::string_view bytes);
  Result<void> flush_buffer();
  Result<void> state() const;

  std::function<int()> open_;
  int descriptor_ = -1;
  std::string name_;
  std::size_t limit_;
  mutable std::mutex mutex_;  // guards what follows, against the flushing thread
  std::string buffer_;
  std::uint64_t flushed_ = 0;
  std::optional<Error> error_;
  std::condition_variable_any stopping_;
  std::jthread flusher_;  // last: ends before what it uses
};

}  // namespace quarry::io
