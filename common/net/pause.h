// A wait that Ctrl-C and --timeout end.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/net/clock.h"

namespace quarry::net {

/// Waits so long by the clock; the token's error where it is cancelled first. `cancel` may be
/// nullptr.
Result<void> pause(const Clock& clock, Seconds wait, const CancelToken* cancel);

}  // namespace quarry::net
