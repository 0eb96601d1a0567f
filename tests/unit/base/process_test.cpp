#include "common/base/process.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <thread>

using namespace quarry;
using namespace std::chrono_literals;

TEST_CASE("a program runs without a shell and its two streams are kept apart") {
  const auto outcome =
      run_process({"sh", "-c", "echo \"$1\"; echo oops >&2; exit 3", "sh", "$HOME;x"});
  REQUIRE(outcome);
  CHECK(outcome->status == 3);
  CHECK(outcome->output.reveal() == "$HOME;x\n");
  CHECK(outcome->errors == "oops\n");
}

TEST_CASE("standard input of a program is empty") {
  const auto outcome = run_process({"cat"});
  REQUIRE(outcome);
  CHECK(outcome->output.empty());
}

TEST_CASE("a program that does not exist is named") {
  const auto outcome = run_process({"quarry-no-such-program"});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code() == ErrorCode::kUsage);
  CHECK(outcome.error().message().find("quarry-no-such-program") != std::string::npos);
}

TEST_CASE("a program that hangs is killed with its children") {
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = run_process({"sh", "-c", "sleep 30 & sleep 30"}, {.timeout = 200ms});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code() == ErrorCode::kTimedOut);
  CHECK(std::chrono::steady_clock::now() - start < 10s);
}

TEST_CASE("cancelling ends the wait for a program") {
  CancelToken cancel;
  std::jthread other([&cancel] {
    std::this_thread::sleep_for(100ms);
    cancel.cancel(CancelReason::kInterrupted);
  });
  const auto outcome = run_process({"sleep", "30"}, {.cancel = &cancel});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code() == ErrorCode::kInterrupted);
}

TEST_CASE("a program that prints without end is stopped") {
  const auto outcome = run_process({"yes"}, {.output_limit = 100'000});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code() == ErrorCode::kData);
}
