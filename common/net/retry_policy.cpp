#include "common/net/retry_policy.h"

#include "common/base/text.h"
#include "common/time/parse.h"

#include <algorithm>
#include <cmath>

namespace quarry::net {
namespace {

bool is_transient(int status) {
  return status == 408 || status == 500 || status == 502 || status == 503 || status == 504;
}

Seconds doubled(Seconds first, Seconds longest, int times) {
  return std::min(longest, first * std::pow(2.0, std::min(times, 30)));
}

bool is_failure_worth_retry(const Request& request, const Outcome& outcome) {
  if (!outcome.result) {
    if (outcome.result.error().code() != ErrorCode::kRemote) return false;  // cancelled, unusable
    return outcome.delivery == Delivery::kNotSent || may_repeat(request);
  }
  // A failing service may have done its work before it failed.
  return is_transient(outcome.result->status) && may_repeat(request);
}

}  // namespace

std::optional<Seconds> parse_retry_after(std::string_view text, double wall_now) {
  text = text::trim_ascii(text);
  if (const auto seconds = text::parse_double(text); seconds && std::isfinite(*seconds))
    return Seconds(std::max(0.0, *seconds));
  const auto date = parse_datetime(text);
  if (!date) return std::nullopt;
  const double wall = static_cast<double>(date->ticks - kUnixEpochTicks) / kTicksPerSecond;
  return Seconds(std::max(0.0, wall - wall_now));
}

std::optional<Seconds> retry_after(const Response& response, double wall_now) {
  const auto text = response.header("Retry-After");
  return text ? parse_retry_after(*text, wall_now) : std::nullopt;
}

bool may_repeat(const Request& request) {
  switch (request.repeat) {
    case Repeat::kAllowed:
      return true;
    case Repeat::kLookUp:
      return false;
    case Repeat::kByMethod:
      break;
  }
  return request.method != Method::kPost && request.method != Method::kPatch;
}

bool is_throttled(const Outcome& outcome) {
  return outcome.result && outcome.result->status == 429;
}

std::optional<Seconds> wait_before_retry(const RetryPolicy& policy, const Request& request,
                                         const Outcome& outcome, Tries tries, double wall_now,
                                         double random) {
  const bool throttled = is_throttled(outcome);
  if (!throttled && !is_failure_worth_retry(request, outcome)) return std::nullopt;
  if (throttled ? tries.throttled > policy.throttled_retries : tries.failures > policy.retries)
    return std::nullopt;
  const auto asked = outcome.result ? retry_after(*outcome.result, wall_now) : std::nullopt;
  if (asked && *asked > policy.patience) return std::nullopt;
  // Never earlier than asked for: that only earns another 429.
  if (asked) return *asked * (1 + 0.1 * random) + Seconds(0.25 * random);
  if (throttled)
    return doubled(policy.first_throttled, policy.longest_throttled, tries.throttled - 1) *
           (1 + 0.1 * random);
  return doubled(policy.first, policy.longest, tries.failures - 1) * (0.5 + 0.5 * random);
}

}  // namespace quarry::net
