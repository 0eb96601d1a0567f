#include "common/net/pause.h"

#include <poll.h>

#include <algorithm>
#include <cmath>

namespace quarry::net {

Result<void> pause(const Clock& clock, Seconds wait, const CancelToken* cancel) {
  const double end = clock.steady() + wait.count();
  for (;;) {
    if (cancel != nullptr && cancel->cancelled())
      return fail(cancel->error().value_or(Error(ErrorCode::kInterrupted, "no longer needed")));
    const double left = end - clock.steady();
    if (left <= 0) return ok();
    const Seconds real = clock.real(Seconds(left));
    if (real <= Seconds(0)) continue;  // a clock of tests
    pollfd stop{cancel == nullptr ? -1 : cancel->descriptor(), POLLIN, 0};
    const double milliseconds = std::clamp(std::ceil(real.count() * 1000), 1.0, 60'000.0);
    ::poll(&stop, 1, static_cast<int>(milliseconds));
  }
}

}  // namespace quarry::net
