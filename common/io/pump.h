// Reads inputs in the background and queues their blocks: one thread through all of them in order;
// a few when their order does not matter; one for each when following.
#pragma once

#include "common/io/block_queue.h"
#include "common/io/block_reader.h"
#include "common/io/byte_source.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace quarry::io {

class Pump {
 public:
  /// `sequential` are indices into `inputs`, which must outlive the pump as must the tokens. Starts
  /// nothing yet.
  Pump(const std::vector<Input>& inputs, const std::vector<std::uint32_t>& sequential,
       const BlockReaderOptions& options, std::shared_ptr<BufferPool> pool,
       const Interrupts& interrupts);
  /// The owner's token must have been raised before.
  ~Pump();
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  /// Starts the threads, once.
  void start();
  /// The next block, or an input's end; nullopt when all are read or the reading was stopped.
  std::optional<QueueItem> pop() { return queue_.pop(); }
  /// Wakes everyone; raise the owner's token first.
  void stop() { queue_.close(); }

 private:
  std::size_t thread_count() const;
  void run();
  bool read_group(const std::vector<std::uint32_t>& inputs);
  bool read_input(std::uint32_t index);
  Result<std::unique_ptr<ByteSource>> open(const Input& input) const;

  const std::vector<Input>& inputs_;
  std::vector<std::vector<std::uint32_t>>
      groups_;  // inputs that one thread reads in turn: the members of an archive, else one
  BlockReaderOptions options_;
  std::shared_ptr<BufferPool> pool_;
  Interrupts interrupts_;
  BlockQueue queue_;
  std::once_flag started_;
  std::atomic<std::size_t> next_{0};  // index into groups_
  std::atomic<std::size_t> running_{0};
  std::vector<std::thread> threads_;
};

}  // namespace quarry::io
