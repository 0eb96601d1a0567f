// --timeout: cancels the run when its time is over.
#pragma once

#include "common/base/cancel.h"
#include "common/time/ticks.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace quarry::cli {

/// Waits on a thread of its own until the time is over or it is destroyed. Without a limit it does
/// nothing.
class Deadline {
 public:
  /// `give_up` is called, on that thread, when the run has not ended two seconds after it was
  /// cancelled: it may hang in a write that nobody reads. It should not return.
  Deadline(CancelToken& token, std::optional<Timespan> limit, std::function<void()> give_up);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace quarry::cli
