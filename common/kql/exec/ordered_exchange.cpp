#include "common/kql/exec/ordered_exchange.h"

namespace quarry::exec {

bool OrderedExchange::wait_for_room(bool bounded) {
  std::unique_lock lock(mutex_);
  if (bounded)
    room_.wait(lock, [&] { return stopped() || end_error_ || asked_ < turn_ + window_; });
  ++asked_;
  return !stopped() && !end_error_;
}

void OrderedExchange::claim(std::uint64_t morsel) {
  std::uint64_t seen = claimed_.load(std::memory_order_relaxed);
  while (seen < morsel + 1 &&
         !claimed_.compare_exchange_weak(seen, morsel + 1, std::memory_order_relaxed)) {
  }
}

void OrderedExchange::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_.store(true, std::memory_order_relaxed);
    room_.notify_all();
  }
  when_stopped_();
}

void OrderedExchange::fail(std::uint64_t morsel, Error error) {
  {
    const std::lock_guard lock(mutex_);
    if (!error_ || morsel < error_morsel_) {
      error_morsel_ = morsel;
      error_ = std::move(error);
    }
  }
  stop();
}

void OrderedExchange::fail_at_end(Error error) {
  const std::lock_guard lock(mutex_);
  if (!end_error_) end_error_ = std::move(error);
  room_.notify_all();
}

}  // namespace quarry::exec
