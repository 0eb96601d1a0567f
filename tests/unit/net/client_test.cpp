#include "common/net/client.h"

#include "tests/unit/net/scripted_http.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::net;
using quarry::unit::ManualClock;
using quarry::unit::ScriptedHttp;

namespace {

class CountedTokens : public TokenSource {
 public:
  Result<Secret> token(const std::string&) override { return Secret("token-1"); }
  Result<Secret> renew(const std::string&, const Secret& refused) override {
    CHECK(refused.reveal() == "token-1");
    ++renewals;
    return Secret(can_renew ? "token-2" : "token-1");
  }
  int renewals = 0;
  bool can_renew = true;
};

constexpr std::array<Window, 1> kWindows{{{2, 60}}};
constexpr ApiLimit kLimit{"test.api", kWindows};

/// A client over a script, with everything that can be seen from outside.
struct Bench {
  Bench() = default;
  explicit Bench(const CancelToken* token) : cancel(token) {}

  ScriptedHttp wire;
  ManualClock clock;
  CountedTokens tokens;
  RateLimiter limiter{clock, "", "t"};
  const CancelToken* cancel = nullptr;
  std::vector<std::string> lines;
  std::vector<Waiting> waits;
  Client client{wire,
                clock,
                {.trusted_origins = {"https://h:443"},
                 .tokens = &tokens,
                 .limiter = &limiter,
                 .cancel = cancel,
                 .trace = [this](const std::string& line) { lines.push_back(line); },
                 .on_wait = [this](const Waiting& waiting) { waits.push_back(waiting); },
                 .random = [] { return 0.0; }}};
};

std::string authorization(const Request& request) {
  for (const SecretHeader& header : request.secret_headers) {
    if (header.name == "Authorization") return std::string(header.value.reveal());
  }
  return {};
}

}  // namespace

TEST_CASE("a request with a scope carries its token, and only to trusted hosts") {
  Bench bench;
  bench.wire.answer(200);
  CHECK(bench.client.call({.url = "https://h/x", .scope = "s"}));
  CHECK(authorization(bench.wire.seen[0]) == "Bearer token-1");
  const auto refused = bench.client.call({.url = "https://evil.example/x", .scope = "s"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == ErrorCode::kRefused);
  CHECK(bench.wire.seen.size() == 1);
  bench.wire.answer(200);
  CHECK(bench.client.call({.url = "https://storage.example/x"}));
  CHECK(authorization(bench.wire.seen[1]) == "");
}

TEST_CASE("without a credential a request that wants one goes to loopback only") {
  ScriptedHttp wire;
  const ManualClock clock;
  Client client(wire, clock, {});
  const auto refused = client.call({.url = "https://h/x", .scope = "s"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == ErrorCode::kRefused);
  CHECK(wire.seen.empty());
  wire.answer(200);
  CHECK(client.call({.url = "http://127.0.0.1:8080/x", .scope = "s"}));
}

TEST_CASE("after 401 the token is renewed once, then the answer stands") {
  Bench bench;
  bench.wire.answer(401);
  bench.wire.answer(200);
  const auto answer =
      bench.client.call({.method = Method::kPost, .url = "https://h/", .scope = "s"});
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->attempts == 2);
  CHECK(authorization(bench.wire.seen[1]) == "Bearer token-2");
  bench.wire.answer(401);
  bench.wire.answer(401);
  CHECK(bench.client.call({.url = "https://h/", .scope = "s"})->status == 401);
  CHECK(bench.tokens.renewals == 2);
  bench.tokens.can_renew = false;
  bench.wire.answer(401);
  CHECK(bench.client.call({.url = "https://h/", .scope = "s"})->status == 401);
  CHECK(bench.wire.seen.size() == 5);
}

TEST_CASE("failures are retried with growing waits, and the error says how often") {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.wire.fail_with(Delivery::kUnknown);
  const double start = bench.clock.steady();
  const Outcome outcome = bench.client.exchange({.url = "https://h/x", .scope = "s"});
  REQUIRE_FALSE(outcome.result);
  CHECK(outcome.delivery == Delivery::kUnknown);
  CHECK(bench.clock.steady() - start == doctest::Approx(0.5 + 1 + 2 + 4));
  CHECK(outcome.result.error().message().find("after 5 attempts (request id ") !=
        std::string::npos);
}

TEST_CASE("a lost POST is not repeated and says that it may have arrived") {
  Bench bench;
  bench.wire.fail_with(Delivery::kUnknown);
  const Outcome outcome = bench.client.exchange(
      {.method = Method::kPost, .url = "https://h/x", .repeat = Repeat::kLookUp});
  CHECK(outcome.delivery == Delivery::kUnknown);
  CHECK(bench.wire.seen.size() == 1);
  // Refused once, lost the second time: what counts is that it may have arrived.
  bench.wire.fail_with(Delivery::kNotSent);
  bench.wire.fail_with(Delivery::kUnknown);
  CHECK(bench.client.exchange({.method = Method::kPost, .url = "https://h/x"}).delivery ==
        Delivery::kUnknown);
  CHECK(bench.wire.seen.size() == 3);
}

TEST_CASE("429 holds back the whole API, not the others") {
  Bench bench;
  bench.wire.answer(429, {{"Retry-After", "30"}});
  std::vector<std::string> order;
  const auto note = [&order](const char* name) {
    return [&order, name](Outcome outcome) {
      CHECK(outcome.result);
      order.emplace_back(name);
    };
  };
  bench.client.start({.url = "https://h/a", .limit = &kLimit}, note("a"));
  bench.client.step(Seconds(0));
  for (int i = 0; i < 3; ++i) bench.wire.answer(200);
  const double start = bench.clock.steady();
  bench.client.start({.url = "https://h/b", .limit = &kLimit}, note("b"));
  bench.client.start({.url = "https://h/c"}, note("c"));
  bench.client.finish();
  CHECK(order[0] == "c");
  CHECK(bench.clock.steady() - start >= 30);
  CHECK(bench.waits[0].reason == WaitReason::kThrottled);
}

TEST_CASE(
    "429 comes back where the caller wants to decide, and the API is held back all the same") {
  Bench bench;
  bench.wire.answer(429, {{"Retry-After", "30"}});
  int status = 0;
  bench.client.start({.url = "https://h/a", .wait_when_throttled = false, .limit = &kLimit},
                     [&status](Outcome outcome) { status = outcome.result->status; });
  bench.client.finish();
  CHECK(status == 429);
  const double start = bench.clock.steady();
  bench.wire.answer(200);
  REQUIRE(bench.client.call({.url = "https://h/b", .limit = &kLimit}));
  CHECK(bench.clock.steady() - start >= 30);
}

TEST_CASE("requests of one API wait for its windows and none is dropped") {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.wire.answer(200);
  int done = 0;
  const double start = bench.clock.steady();
  for (int i = 0; i < 5; ++i) {
    bench.client.start({.url = "https://h/", .limit = &kLimit},
                       [&done](Outcome outcome) { done += outcome.result ? 1 : 0; });
  }
  bench.client.finish();
  CHECK(done == 5);
  CHECK(bench.clock.steady() - start >= 120);
  CHECK(bench.clock.steady() - start < 130);
}

TEST_CASE("a completion may ask again and wait for the answer") {
  Bench bench;
  for (int i = 0; i < 6; ++i) bench.wire.answer(200);
  int done = 0;
  for (int i = 0; i < 3; ++i) {
    bench.client.start({.url = "https://h/outer"}, [&](Outcome outcome) {
      CHECK(outcome.result);
      CHECK(bench.client.call({.url = "https://h/inner"}));
      ++done;
    });
  }
  // Refused before it is sent: its completion runs while others are being launched.
  bench.client.start({.url = "https://evil.example/", .scope = "s"}, [&](Outcome outcome) {
    CHECK_FALSE(outcome.result);
    ++done;
    bench.client.step(Seconds(0));
  });
  bench.client.finish();
  CHECK(done == 4);
  CHECK(bench.wire.seen.size() == 6);
}

TEST_CASE("cancelling ends all waits at once") {
  CancelToken cancel;
  Bench bench(&cancel);
  bench.wire.answer(503, {{"Retry-After", "1000"}});
  std::optional<Outcome> outcome;
  bench.client.start({.url = "https://h/"}, [&](Outcome arrived) { outcome = std::move(arrived); });
  bench.client.step(Seconds(0));
  cancel.cancel(CancelReason::kInterrupted);
  bench.client.finish();
  REQUIRE(outcome);
  CHECK(outcome->result.error().code() == ErrorCode::kInterrupted);
}

TEST_CASE("the trace shows method, address, status and request id, and no secret") {
  Bench bench;
  bench.wire.answer(503, {{"request-id", "R1"}});
  bench.wire.answer(200, {{"request-id", "R2"}}, "body-text");
  CHECK(bench.client.call({.url = "https://h/x?sig=SIGNATURE&$top=1", .scope = "s"}));
  REQUIRE(bench.lines.size() == 2);
  CHECK(bench.lines[0] == "GET https://h/x?sig=…&$top=1 -> 503, 0 B, 0.000 s, request id R1");
  CHECK(bench.lines[1].ends_with("request id R2, attempt 2"));
  for (const std::string& line : bench.lines) {
    CHECK(line.find("token-") == std::string::npos);
    CHECK(line.find("SIGNATURE") == std::string::npos);
    CHECK(line.find("body-text") == std::string::npos);
  }
}
