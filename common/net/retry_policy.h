// When a request is sent again, and how long to wait before.
#pragma once

#include "common/net/http.h"

#include <optional>
#include <string_view>

namespace quarry::net {

struct RetryPolicy {
  int retries = 4;              // after failures; --retries
  int throttled_retries = 30;   // after 429, which is a "later", not a failure
  Seconds first{1};             // doubled each time …
  Seconds longest{60};          // … up to this
  Seconds first_throttled{60};  // 429 without Retry-After: the same, slower
  Seconds longest_throttled{600};
  Seconds patience{3600};  // a Retry-After beyond this is reported instead
};

/// How a request fared so far.
struct Tries {
  int failures = 0;
  int throttled = 0;
};

/// Retry-After: seconds, or a date (RFC 9110 §10.2.3) seen from `wall_now`; nullopt where it is
/// neither. Never negative.
std::optional<Seconds> parse_retry_after(std::string_view text, double wall_now);
/// That of an answer.
std::optional<Seconds> retry_after(const Response& response, double wall_now);

/// May the request be sent again though it may have arrived the first time?
bool may_repeat(const Request& request);

/// The wait before the next try; nullopt: the outcome stands. `tries` counts this outcome already.
/// `random`, in [0, 1), spreads clients that failed together.
std::optional<Seconds> wait_before_retry(const RetryPolicy& policy, const Request& request,
                                         const Outcome& outcome, Tries tries, double wall_now,
                                         double random);

bool is_throttled(const Outcome& outcome);

}  // namespace quarry::net
