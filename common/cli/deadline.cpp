#include "common/cli/deadline.h"

#include <utility>

namespace quarry::cli {

namespace {

constexpr std::chrono::seconds kGrace{2};

}  // namespace

Deadline::Deadline(CancelToken& token, std::optional<Timespan> limit,
                   std::function<void()> give_up) {
  if (!limit) return;
  const std::chrono::microseconds wait(limit->ticks / kTicksPerMicrosecond);
  thread_ = std::thread([this, &token, wait, give_up = std::move(give_up)] {
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, wait, [this] { return done_; })) return;
    token.cancel(CancelReason::kTimedOut);
    if (!wake_.wait_for(lock, kGrace, [this] { return done_; })) give_up();
  });
}

Deadline::~Deadline() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace quarry::cli
