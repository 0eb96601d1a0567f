// Cancels a run when its time is up, as --timeout does.
#pragma once

#include "common/base/cancel.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace quarry::fuzz {

class Deadline {
 public:
  Deadline(CancelToken& token, std::chrono::milliseconds after)
      : waiter_([this, &token, after] {
          std::unique_lock lock(mutex_);
          if (!done_.wait_for(lock, after, [this] { return is_done_; }))
            token.cancel(CancelReason::kTimedOut);
        }) {}
  ~Deadline() {
    const std::lock_guard lock(mutex_);
    is_done_ = true;
    done_.notify_all();
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  std::jthread waiter_;  // last: joined before the others go
};

}  // namespace quarry::fuzz
