// Ctrl-C and SIGTERM: the first asks the run to end in order, the second leaves at once. SIGPIPE is
// ignored.
#pragma once

#include "common/base/cancel.h"

#include <string_view>

namespace quarry::cli {

/// Handles SIGINT and SIGTERM while it lives, one at a time; a signal that was ignored when the
/// program started stays ignored. `tool` is what the message starts with and must outlive the
/// guard.
class [[nodiscard]] SignalGuard {
 public:
  SignalGuard(CancelToken& token, std::string_view tool);
  ~SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;
};

}  // namespace quarry::cli
