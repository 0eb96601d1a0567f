// One flag that stops a run: Ctrl-C, --timeout, the reader gone. Looked at once per batch; blocking
// reads poll its descriptor.
#pragma once

#include "common/base/error.h"

#include <atomic>
#include <cstdint>
#include <optional>

namespace quarry {

enum class CancelReason : std::uint8_t {
  kNone,
  kInterrupted,
  kTerminated,
  kTimedOut,
  kReaderGone,
  kEnough
};

class CancelToken {
 public:
  CancelToken();
  ~CancelToken();
  CancelToken(const CancelToken&) = delete;
  CancelToken& operator=(const CancelToken&) = delete;

  /// First reason wins. Async-signal-safe.
  void cancel(CancelReason reason) noexcept;
  bool cancelled() const noexcept {
    return reason_.load(std::memory_order_relaxed) != CancelReason::kNone;
  }
  CancelReason reason() const noexcept { return reason_.load(std::memory_order_relaxed); }
  /// An eventfd, readable once cancelled: poll it beside the descriptor of a read that may block.
  int descriptor() const noexcept { return descriptor_; }
  /// The Error that a cancelled run returns; nullopt for kNone and kEnough.
  std::optional<Error> error() const;

 private:
  std::atomic<CancelReason> reason_{CancelReason::kNone};
  int descriptor_ = -1;
};

}  // namespace quarry
