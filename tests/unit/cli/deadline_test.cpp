#include "common/cli/deadline.h"

#include "common/cli/signals.h"

#include <doctest/doctest.h>

#include <poll.h>
#include <signal.h>

namespace quarry::cli {
namespace {

bool cancelled_within(const CancelToken& token, int milliseconds) {
  pollfd waiting{.fd = token.descriptor(), .events = POLLIN, .revents = 0};
  return ::poll(&waiting, 1, milliseconds) == 1;
}

TEST_CASE("a deadline cancels the run when its time is over") {
  CancelToken token;
  const Deadline deadline(token, Timespan{50 * kTicksPerMillisecond}, [] {});
  CHECK(cancelled_within(token, 10'000));
  CHECK(token.reason() == CancelReason::kTimedOut);
}

TEST_CASE("a deadline that is not reached ends at once and cancels nothing") {
  CancelToken token;
  {
    const Deadline deadline(token, Timespan{kTicksPerDay}, [] {});
  }
  {
    const Deadline none(token, std::nullopt, [] {});
  }
  CHECK_FALSE(token.cancelled());
}

TEST_CASE("the first signal cancels the run, and the handlers leave with their guard") {
  struct sigaction before {};
  ::sigaction(SIGTERM, nullptr, &before);
  CancelToken token;
  {
    const SignalGuard guard(token, "quarry_unit");
    ::raise(SIGTERM);
    CHECK(token.reason() == CancelReason::kTerminated);
  }
  struct sigaction after {};
  ::sigaction(SIGTERM, nullptr, &after);
  const bool same = after.sa_handler == before.sa_handler;
  CHECK(same);
}

}  // namespace
}  // namespace quarry::cli
