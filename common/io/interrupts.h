// What may end a blocking read early: the run's cancel token and, for background readers, the
// owner's own stop signal.
#pragma once

#include "common/base/cancel.h"

#include <chrono>
#include <cstdint>

namespace quarry::io {

/// Borrowed tokens; both must outlive whoever holds this.
struct Interrupts {
  const CancelToken* run = nullptr;
  const CancelToken* owner = nullptr;

  bool raised() const {
    return (run != nullptr && run->cancelled()) || (owner != nullptr && owner->cancelled());
  }
};

enum class WaitResult : std::uint8_t { kReady, kTimedOut, kInterrupted };

/// Waits until the descriptor can be read (data, end or error), the time is over, or an interrupt
/// is raised, which wins. A negative timeout waits for ever; descriptor -1 only waits for time and
/// interrupts.
WaitResult wait_readable(int descriptor, const Interrupts& interrupts,
                         std::chrono::milliseconds timeout);

}  // namespace quarry::io
