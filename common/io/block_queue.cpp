#include "common/io/block_queue.h"

#include <utility>

namespace quarry::io {
namespace {

std::size_t memory_of(const QueueItem& item) {
  return item.block && item.block->buffer ? item.block->buffer->capacity() : 0;
}

}  // namespace

bool BlockQueue::push(QueueItem item) {
  std::unique_lock lock(mutex_);
  const std::size_t memory = memory_of(item);
  changed_.wait(lock, [&] { return closed_ || items_.empty() || held_ + memory <= capacity_; });
  if (closed_) return false;
  held_ += memory;
  items_.push_back(std::move(item));
  changed_.notify_all();
  return true;
}

std::optional<QueueItem> BlockQueue::pop() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || finished_ || !items_.empty(); });
  if (closed_ || items_.empty()) return std::nullopt;
  QueueItem item = std::move(items_.front());
  items_.pop_front();
  held_ -= memory_of(item);
  changed_.notify_all();
  return item;
}

void BlockQueue::finish() {
  const std::lock_guard lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

void BlockQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  items_.clear();
  changed_.notify_all();
}

}  // namespace quarry::io
