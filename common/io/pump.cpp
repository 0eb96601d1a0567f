#include "common/io/pump.h"

#include <algorithm>
#include <utility>

#include "common/io/line_cutter.h"
#include "common/io/open_input.h"

namespace quarry::io {
namespace {

// Two blocks a worker keep all busy; more would only cost memory.
std::size_t queue_capacity(int workers) { return std::clamp<std::size_t>(2 * static_cast<std::size_t>(std::max(workers, 1)), 2, 8); }

}  // namespace

Pump::Pump(const std::vector<Input>& inputs, std::vector<std::uint32_t> sequential, const BlockReaderOptions& options,
           std::shared_ptr<BufferPool> pool, const Interrupts& interrupts)
    : inputs_(inputs),
      sequential_(std::move(sequential)),
      options_(options),
      pool_(std::move(pool)),
      interrupts_(interrupts),
      queue_(queue_capacity(options.workers)) {}

Pump::~Pump() {
  queue_.close();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<QueueItem> Pump::pop() {
  std::call_once(started_, [this] { start(); });
  return queue_.pop();
}

void Pump::start() {
  if (!options_.follow) {
    running_ = 1;
    threads_.emplace_back([this] { run(sequential_); });
    return;
  }
  running_ = sequential_.size();
  for (const std::uint32_t index : sequential_) threads_.emplace_back([this, index] { run({index}); });
}

void Pump::run(const std::vector<std::uint32_t>& wanted) {
  try {
    for (const std::uint32_t index : wanted) {
      if (!read_input(index)) break;
    }
  } catch (...) {
    QueueItem item;
    item.exception = std::current_exception();
    (void)queue_.push(std::move(item));
  }
  if (--running_ == 0) queue_.finish();
}

// False once nobody wants more.
bool Pump::read_input(std::uint32_t index) {
  QueueItem end;
  end.input = index;
  auto source = open(inputs_[index]);
  if (!source) {
    if (!interrupts_.raised()) end.error = source.error();
    return queue_.push(std::move(end));
  }
  LineCutter cutter(std::move(*source), pool_, options_, interrupts_);
  while (true) {
    auto block = cutter.next();
    if (!block) {
      end.error = block.error();
      break;
    }
    if (!*block) break;
    QueueItem item;
    item.input = index;
    item.block = std::move(*block);
    item.block->input = index;
    if (!queue_.push(std::move(item))) return false;
  }
  return queue_.push(std::move(end)) && !interrupts_.raised();
}

Result<std::unique_ptr<ByteSource>> Pump::open(const Input& input) const {
  if (!options_.follow || input.kind == InputKind::kStream) return open_input(input, interrupts_);
  if (input.kind == InputKind::kFile) return open_follow_source(input.path, interrupts_);
  return fail(Error(ErrorCode::kUsage, "a compressed file cannot be followed").at(input.name));
}

}  // namespace quarry::io
