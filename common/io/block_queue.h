// A short queue between the threads that read in the background and the workers: who reads waits
// while it is full.
#pragma once

#include "common/base/error.h"
#include "common/io/block.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>

namespace quarry::io {

/// A block of an input, or its end (without block) with the error it ended in.
struct QueueItem {
  std::uint32_t input = 0;
  std::optional<Block> block;
  std::optional<Error> error;
  std::exception_ptr exception;  // std::bad_alloc of a background thread, for the worker to rethrow
};

/// Thread-safe.
class BlockQueue {
 public:
  /// `capacity` in bytes of buffers; one block always fits.
  explicit BlockQueue(std::size_t capacity) : capacity_(capacity) {}

  /// False once the queue is closed: nobody will take it.
  bool push(QueueItem item);
  /// Waits; nullopt once closed, or finished and empty.
  std::optional<QueueItem> pop();
  /// Nothing more will be pushed; what is there may still be taken.
  void finish();
  /// Nothing will be taken any more.
  void close();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<QueueItem> items_;
  std::size_t capacity_;
  std::size_t held_ = 0;
  bool finished_ = false;
  bool closed_ = false;
};

}  // namespace quarry::io
