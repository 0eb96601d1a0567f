// Reads inputs in the background and queues their blocks: one thread through all of them in order, or, when following, one for each.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "common/io/block_queue.h"
#include "common/io/block_reader.h"
#include "common/io/byte_source.h"

namespace quarry::io {

class Pump {
 public:
  /// `sequential` are indices into `inputs`, which must outlive the pump as must the tokens. Starts nothing yet.
  Pump(const std::vector<Input>& inputs, std::vector<std::uint32_t> sequential, const BlockReaderOptions& options,
       std::shared_ptr<BufferPool> pool, const Interrupts& interrupts);
  /// The owner's token must have been raised before.
  ~Pump();
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  /// The next block, or an input's end; nullopt when all are read or the reading was stopped. Starts the threads when first called.
  std::optional<QueueItem> pop();
  /// Wakes everyone; raise the owner's token first.
  void stop() { queue_.close(); }

 private:
  void start();
  void run(const std::vector<std::uint32_t>& wanted);
  bool read_input(std::uint32_t index);
  Result<std::unique_ptr<ByteSource>> open(const Input& input) const;

  const std::vector<Input>& inputs_;
  std::vector<std::uint32_t> sequential_;
  BlockReaderOptions options_;
  std::shared_ptr<BufferPool> pool_;
  Interrupts interrupts_;
  BlockQueue queue_;
  std::once_flag started_;
  std::atomic<std::size_t> running_{0};
  std::vector<std::thread> threads_;
};

}  // namespace quarry::io
