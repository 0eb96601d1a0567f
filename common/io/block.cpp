#include "common/io/block.h"

#include <algorithm>
#include <utility>

namespace quarry::io {
namespace {

constexpr std::size_t kIdleBuffers =
    16;  // more than a small run has in flight; a burst beyond it is freed again

}  // namespace

Buffer::Buffer(std::size_t capacity)
    : bytes_(std::make_unique_for_overwrite<char[]>(capacity + kBlockPadding)),
      capacity_(capacity) {}

std::shared_ptr<BufferPool> BufferPool::create(std::size_t usual_capacity) {
  return std::shared_ptr<BufferPool>(new BufferPool(usual_capacity));
}

std::shared_ptr<Buffer> BufferPool::take(std::size_t capacity) {
  std::unique_ptr<Buffer> buffer;
  if (capacity <= usual_capacity_) {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      buffer = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!buffer) buffer = std::make_unique<Buffer>(std::max(capacity, usual_capacity_));
  return {buffer.release(), [pool = shared_from_this()](Buffer* dropped) {
            pool->give_back(std::unique_ptr<Buffer>(dropped));
          }};
}

void BufferPool::give_back(std::unique_ptr<Buffer> buffer) {
  if (buffer->capacity() != usual_capacity_) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdleBuffers) idle_.push_back(std::move(buffer));
}

}  // namespace quarry::io
