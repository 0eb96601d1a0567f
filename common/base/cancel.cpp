#include "common/base/cancel.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

namespace quarry {

// Without a descriptor (none left) the flag still works; poll() skips negative descriptors.
CancelToken::CancelToken() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

CancelToken::~CancelToken() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void CancelToken::cancel(CancelReason reason) noexcept {
  if (reason == CancelReason::kNone) return;
  CancelReason expected = CancelReason::kNone;
  if (!reason_.compare_exchange_strong(expected, reason)) return;
  if (descriptor_ < 0) return;
  const int saved_errno = errno;  // a signal handler must not change it
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(descriptor_, &one, sizeof one);
  errno = saved_errno;
}

std::optional<Error> CancelToken::error() const {
  switch (reason()) {
    case CancelReason::kNone:
    case CancelReason::kEnough:
      return std::nullopt;
    case CancelReason::kInterrupted:
      return Error(ErrorCode::kInterrupted, "interrupted");
    case CancelReason::kTerminated:
      return Error(ErrorCode::kTerminated, "terminated");
    case CancelReason::kTimedOut:
      return Error(ErrorCode::kTimedOut, "timed out", "give it longer with --timeout");
    case CancelReason::kReaderGone:
      return Error(ErrorCode::kReaderGone, "the reader of the output went away");
  }
  return std::nullopt;
}

}  // namespace quarry
