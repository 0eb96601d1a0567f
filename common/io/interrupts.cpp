#include "common/io/interrupts.h"

#include <poll.h>

#include <array>
#include <cerrno>

namespace quarry::io {

WaitResult wait_readable(int descriptor, const Interrupts& interrupts,
                         std::chrono::milliseconds timeout) {
  const auto token_descriptor = [](const CancelToken* token) {
    return token == nullptr ? -1 : token->descriptor();
  };
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  auto left = timeout;
  while (true) {
    // poll() skips negative descriptors.
    std::array<pollfd, 3> waits{{{descriptor, POLLIN, 0},
                                 {token_descriptor(interrupts.run), POLLIN, 0},
                                 {token_descriptor(interrupts.owner), POLLIN, 0}}};
    const int found = ::poll(waits.data(), waits.size(),
                             timeout.count() < 0 ? -1 : static_cast<int>(left.count()));
    if (interrupts.raised()) return WaitResult::kInterrupted;
    if (found == 0) return WaitResult::kTimedOut;
    if (found > 0 && waits[0].revents != 0) return WaitResult::kReady;
    if (found < 0 && errno != EINTR)
      return WaitResult::kReady;  // the read that follows tells what is wrong
    if (timeout.count() < 0) continue;
    left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline -
                                                                 std::chrono::steady_clock::now());
    if (left.count() <= 0) return WaitResult::kTimedOut;
  }
}

}  // namespace quarry::io
