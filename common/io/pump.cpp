#include "common/io/pump.h"

#include "common/io/line_cutter.h"
#include "common/io/open_input.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace quarry::io {
namespace {

// Two blocks a worker keep all busy; more would only cost memory.
std::size_t queue_capacity(int workers, std::size_t buffer_size) {
  return std::clamp<std::size_t>(2 * static_cast<std::size_t>(std::max(workers, 1)), 2, 8) *
         buffer_size;
}

// Members of one archive share a pass over it, so they stay together.
std::vector<std::vector<std::uint32_t>> group(const std::vector<Input>& inputs,
                                              const std::vector<std::uint32_t>& sequential) {
  std::vector<std::vector<std::uint32_t>> groups;
  for (const std::uint32_t index : sequential) {
    const auto& archive = inputs[index].archive;
    const bool same = archive && !groups.empty() && inputs[groups.back().back()].archive == archive;
    if (!same) groups.emplace_back();
    groups.back().push_back(index);
  }
  return groups;
}

}  // namespace

Pump::Pump(const std::vector<Input>& inputs, const std::vector<std::uint32_t>& sequential,
           const BlockReaderOptions& options, std::shared_ptr<BufferPool> pool,
           const Interrupts& interrupts)
    : inputs_(inputs),
      groups_(group(inputs, sequential)),
      options_(options),
      pool_(std::move(pool)),
      interrupts_(interrupts),
      queue_(queue_capacity(options.workers, pool_->usual_capacity())) {}

Pump::~Pump() {
  queue_.close();
  for (std::thread& thread : threads_) thread.join();
}

std::size_t Pump::thread_count() const {
  if (options_.follow) return groups_.size();
  const auto most = static_cast<std::size_t>(
      options_.order == BlockOrder::kInterleaved ? std::max(options_.workers, 1) : 1);
  return std::min(most, groups_.size());
}

void Pump::start() {
  std::call_once(started_, [this] {
    const std::size_t count = thread_count();
    running_ = count;
    if (count == 0) queue_.finish();
    for (std::size_t i = 0; i < count; ++i) {
      try {
        threads_.emplace_back([this] { run(); });
      } catch (
          const std::system_error&) {  // no more threads to be had: those that run read the rest
        if (i == 0 || options_.follow) throw;
        if (running_ -= count - i; running_ == 0) queue_.finish();
        return;
      }
    }
  });
}

void Pump::run() {
  try {
    for (std::size_t i = next_++; i < groups_.size(); i = next_++) {
      if (!read_group(groups_[i])) break;
    }
  } catch (...) {
    QueueItem item;
    item.exception = std::current_exception();
    (void)queue_.push(std::move(item));
  }
  if (--running_ == 0) queue_.finish();
}

// False once nobody wants more.
bool Pump::read_group(const std::vector<std::uint32_t>& inputs) {
  return std::ranges::all_of(inputs, [this](std::uint32_t index) { return read_input(index); });
}

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
    (*block)->input = index;
    if (!queue_.push({.input = index, .block = std::move(*block), .error = {}, .exception = {}}))
      return false;
  }
  return queue_.push(std::move(end)) && !interrupts_.raised();
}

Result<std::unique_ptr<ByteSource>> Pump::open(const Input& input) const {
  if (!options_.follow || input.kind == InputKind::kStream) return open_input(input, interrupts_);
  if (input.kind == InputKind::kFile) return open_follow_source(input.path, interrupts_);
  return fail(Error(ErrorCode::kUsage, "a compressed file cannot be followed").at(input.name));
}

}  // namespace quarry::io
