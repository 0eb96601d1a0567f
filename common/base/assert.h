// Broken invariants of ours. A user's input must never reach one.
#pragma once

namespace quarry {

[[noreturn]] void assertion_failed(const char* condition, const char* must_hold, const char* file,
                                   int line);

}  // namespace quarry

/// Aborts with file and line in every build when the condition does not hold.
#define QUARRY_ASSERT(condition, must_hold) \
  ((condition) ? static_cast<void>(0)       \
               : ::quarry::assertion_failed(#condition, must_hold, __FILE__, __LINE__))
