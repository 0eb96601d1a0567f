#include "common/cli/deadline.h"

namespace quarry::cli {

Deadline::Deadline(CancelToken& token, std::optional<Timespan> limit) {
  if (!limit) return;
  const std::chrono::microseconds wait(limit->ticks / kTicksPerMicrosecond);
  thread_ = std::thread([this, &token, wait] {
    std::unique_lock lock(mutex_);
    if (!wake_.wait_for(lock, wait, [this] { return done_; }))
      token.cancel(CancelReason::kTimedOut);
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
