#include "common/net/retry_policy.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>

using namespace quarry;
using namespace quarry::net;

namespace {

constexpr double kNow = 1'796'000'000;  // 2026-11-30T00:53:20Z

Outcome answered(int status, std::vector<Header> headers = {}) {
  Response response;
  response.status = status;
  response.headers = std::move(headers);
  return {std::move(response), Delivery::kAnswered};
}

Outcome lost(Delivery delivery) { return {fail(ErrorCode::kRemote, "reset"), delivery}; }

std::optional<double> wait(const Request& request, const Outcome& outcome, Tries tries = {1, 1},
                           double random = 0) {
  const auto result = wait_before_retry(RetryPolicy(), request, outcome, tries, kNow, random);
  return result ? std::optional(result->count()) : std::nullopt;
}

const Request kGet{};
const Request kPost{.method = Method::kPost};

}  // namespace

TEST_CASE("Retry-After is read as seconds and as a date") {
  CHECK(parse_retry_after("120", kNow)->count() == 120);
  CHECK(parse_retry_after(" 0 ", kNow)->count() == 0);
  CHECK(parse_retry_after("-5", kNow)->count() == 0);
  CHECK(parse_retry_after("Mon, 30 Nov 2026 00:54:20 GMT", kNow)->count() == doctest::Approx(60));
  CHECK(parse_retry_after("Mon, 30 Nov 2020 00:00:00 GMT", kNow)->count() == 0);
  CHECK_FALSE(parse_retry_after("soon", kNow));
  CHECK_FALSE(parse_retry_after("inf", kNow));
}

TEST_CASE("a request that may have arrived is repeated only when that does no harm") {
  CHECK(wait(kGet, lost(Delivery::kUnknown)));
  CHECK_FALSE(wait(kPost, lost(Delivery::kUnknown)));
  CHECK(wait(kPost, lost(Delivery::kNotSent)));
  CHECK(wait({.method = Method::kPost, .repeat = Repeat::kAllowed}, lost(Delivery::kUnknown)));
  CHECK_FALSE(wait({.repeat = Repeat::kLookUp}, lost(Delivery::kUnknown)));
  CHECK_FALSE(wait(kPost, answered(503)));
  CHECK(wait(kGet, answered(503)));
  CHECK(wait({.method = Method::kDelete}, answered(500)));
  CHECK_FALSE(wait({.method = Method::kPatch}, answered(500)));
}

TEST_CASE("only what may pass is waited for") {
  for (const int status : {200, 201, 400, 401, 403, 404, 409, 501}) {
    CAPTURE(status);
    CHECK_FALSE(wait(kGet, answered(status)));
  }
  const Outcome cancelled{fail(ErrorCode::kInterrupted, "interrupted"), Delivery::kUnknown};
  CHECK_FALSE(wait(kGet, cancelled));
}

TEST_CASE("a throttled request is sent again, also a POST, never earlier than asked") {
  const Outcome throttled = answered(429, {{"Retry-After", "30"}});
  CHECK(wait(kPost, throttled, {0, 1}, 0) == 30);
  const auto jittered = wait(kPost, throttled, {0, 1}, 0.999);
  REQUIRE(jittered);
  CHECK(*jittered > 30);
  CHECK(*jittered < 34);
  CHECK(wait(kPost, answered(429), {0, 1}) == 60);
  CHECK(wait(kPost, answered(429), {0, 2}) == 120);
  CHECK(wait(kPost, answered(429), {0, 20}) == 600);
  CHECK_FALSE(wait(kPost, answered(429, {{"Retry-After", "90000"}})));
}

TEST_CASE("waits double up to a minute, and retries end") {
  CHECK(wait(kGet, answered(503), {1, 0}, 0.999).value() == doctest::Approx(1).epsilon(0.01));
  CHECK(wait(kGet, answered(503), {3, 0}, 0.999).value() == doctest::Approx(4).epsilon(0.01));
  CHECK(wait(kGet, answered(503), {3, 0}, 0).value() == doctest::Approx(2));
  CHECK_FALSE(wait(kGet, answered(503), {5, 0}));
  CHECK(wait(kGet, answered(503, {{"Retry-After", "7"}}), {1, 0}) == 7);
}
