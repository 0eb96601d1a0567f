#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace quarry;
using quarry::unit::AuthBench;

TEST_CASE("a token is asked for once, in memory and across sessions") {
  AuthBench bench;
  bench.use_secret();
  auto session = bench.open();
  REQUIRE(session);
  for (int i = 0; i < 3; ++i) CHECK((*session)->tokens()->token(unit::kGraphScope));
  CHECK(bench.token());
  CHECK(bench.token_requests() == 1);
  CHECK(bench.token("https://management.azure.com/.default"));
  CHECK(bench.token_requests() == 2);
  bench.settings["token-cache"] = {"false"};
  CHECK(bench.token());
  CHECK(bench.token_requests() == 3);
}

TEST_CASE("a token is renewed before it ends, also one that lives two seconds") {
  fakes::IdentityOptions options;
  options.token_seconds = 2;
  AuthBench bench(1, options);
  bench.use_secret();
  auto session = bench.open();
  REQUIRE(session);
  const auto first = (*session)->tokens()->token(unit::kGraphScope);
  const auto same = (*session)->tokens()->token(unit::kGraphScope);
  CHECK(first->reveal() == same->reveal());
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  const auto second = (*session)->tokens()->token(unit::kGraphScope);
  REQUIRE(second);
  CHECK(first->reveal() != second->reveal());
}

TEST_CASE("a revoked token is renewed once after 401, and the request goes through") {
  AuthBench bench;
  bench.use_secret();
  bench.cloud.add(
      "GET", "/v1.0/things", {.credentials = fakes::Credentials::kToken, .audience = unit::kGraph},
      [](const fakes::Request&, const fakes::Captures&) { return fakes::json_reply("{}"); });
  auto session = bench.open();
  REQUIRE(session);
  const net::Request request{.url = bench.cloud.url() + "/v1.0/things", .scope = unit::kGraphScope};
  CHECK((*session)->http().call(request)->status == 200);
  bench.cloud.tokens().revoke_all();
  const auto again = (*session)->http().call(request);
  REQUIRE(again);
  CHECK(again->status == 200);
  CHECK(again->attempts == 2);
  CHECK(bench.token_requests() == 2);
  bench.check_clean();
}

TEST_CASE("many processes together ask for one token") {
  AuthBench bench;
  bench.use_secret();
  bench.cloud.faults().add("POST /* delay=150");
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    const pid_t child = ::fork();
    // The child talks to the server of this process, and leaves without its destructors.
    if (child == 0) ::_exit(bench.token() ? 0 : 1);
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  CHECK(bench.token_requests() == 1);
}
