// Lets workers through in the order of their numbers, so that what they did side by side is put
// together as if one had done it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace quarry::consent_audit {

/// Thread-safe. Numbers begin at 0 and are dense.
class Turnstile {
 public:
  /// Waits for the number's turn; false once stopped.
  bool enter(std::uint64_t number) {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return stopped_ || next_ == number; });
    return !stopped_;
  }
  /// The one inside leaves.
  void leave() {
    {
      const std::lock_guard lock(mutex_);
      ++next_;
    }
    moved_.notify_all();
  }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    moved_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  std::uint64_t next_ = 0;
  bool stopped_ = false;
};

}  // namespace quarry::consent_audit
