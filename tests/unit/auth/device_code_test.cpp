#include "tests/unit/auth/bench.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <thread>

using namespace quarry;
using quarry::unit::AuthBench;

TEST_CASE("a person signs in with a code; polls keep their distance") {
  AuthBench bench(100);
  bench.settings["auth"] = {"device-code"};
  const auto token = bench.token();
  REQUIRE(token);
  CHECK(bench.is_valid(*token));
  REQUIRE(bench.told.size() == 1);
  CHECK(bench.told[0].find("ABCD1234") != std::string::npos);
  CHECK(bench.token_requests() == 4);  // pending, pending, slow down, done
  bench.check_clean();
}

TEST_CASE("the refresh token renews without a person, and the new one is kept each time") {
  fakes::IdentityOptions options;
  options.token_seconds = 700;
  AuthBench bench(1000, options);
  bench.settings["auth"] = {"device-code"};
  auto session = bench.open();
  REQUIRE(session);
  REQUIRE((*session)->tokens()->token(unit::kGraphScope));
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(450));
    const auto renewed = (*session)->tokens()->token(unit::kGraphScope);
    REQUIRE(renewed);
    CHECK(bench.is_valid(*renewed));
  }
  CHECK(bench.told.size() == 1);
  // Another process goes on with what was kept on disk.
  std::this_thread::sleep_for(std::chrono::milliseconds(450));
  CHECK(bench.token());
  CHECK(bench.told.size() == 1);
  bench.check_clean();
}

TEST_CASE("who declines is not asked again") {
  fakes::IdentityOptions options;
  options.device_declined = true;
  AuthBench bench(100, options);
  bench.settings["auth"] = {"device-code"};
  const auto token = bench.token();
  REQUIRE_FALSE(token);
  CHECK(token.error().message() == "the person declined the sign-in");
  CHECK(token.error().code() == ErrorCode::kAuth);
}

TEST_CASE("a code that nobody uses expires, and Ctrl-C ends the wait") {
  fakes::IdentityOptions options;
  options.device_pending = 1000;
  AuthBench bench(2000, options);
  bench.settings["auth"] = {"device-code"};
  CHECK(bench.token().error().message() == "nobody signed in before the code expired");
  AuthBench slow(1, options);
  slow.settings["auth"] = {"device-code"};
  CancelToken cancel;
  slow.cancel = &cancel;
  std::jthread other([&cancel] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    cancel.cancel(CancelReason::kInterrupted);
  });
  CHECK(slow.token().error().code() == ErrorCode::kInterrupted);
}

TEST_CASE("device code is never chosen by itself") {
  AuthBench bench;
  auto session = bench.open();
  REQUIRE(session);
  CHECK((*session)->credential() == "token of az");
}
