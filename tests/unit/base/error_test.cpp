#include "common/base/error.h"

#include "common/base/clock.h"
#include "common/base/env.h"
#include "common/base/result.h"
#include "common/base/source_span.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace quarry;

TEST_CASE("placing a copy of an error leaves the original where it was") {
  const Error original(ErrorCode::kQuery, "unknown column", "did you mean 'a'?");
  const Error placed = Error(original).at(SourceSpan{3, 4});
  const Error filed = Error(placed).at("x.kql:1:2");
  CHECK_FALSE(original.where());
  CHECK(placed.where() == SourceSpan{3, 4});
  CHECK(placed.file().empty());
  CHECK(filed.file() == "x.kql:1:2");
  CHECK(filed.where() == SourceSpan{3, 4});
  CHECK(filed.hint() == "did you mean 'a'?");
}

TEST_CASE("exit statuses are those of the conventions") {
  CHECK(exit_status(ErrorCode::kUsage) == 2);
  CHECK(exit_status(ErrorCode::kQuery) == 2);
  CHECK(exit_status(ErrorCode::kData) == 3);
  CHECK(exit_status(ErrorCode::kAuth) == 4);
  CHECK(exit_status(ErrorCode::kRemote) == 5);
  CHECK(exit_status(ErrorCode::kPartial) == 6);
  CHECK(exit_status(ErrorCode::kRefused) == 7);
  CHECK(exit_status(ErrorCode::kTimedOut) == 8);
  CHECK(exit_status(ErrorCode::kInternal) == 70);
  CHECK(exit_status(ErrorCode::kInterrupted) == 130);
  CHECK(exit_status(ErrorCode::kTerminated) == 143);
  CHECK(exit_status(ErrorCode::kReaderGone) == 0);
}

TEST_CASE("QUARRY_TRY hands errors onward and binds values") {
  const auto half = [](int n) -> Result<int> {
    if (n % 2 != 0) return fail(ErrorCode::kData, "odd");
    return n / 2;
  };
  const auto quarter = [&](int n) -> Result<int> {
    QUARRY_TRY(const int once, half(n));
    QUARRY_TRY(const int twice, half(once));
    return twice;
  };
  CHECK(*quarter(12) == 3);
  CHECK(quarter(6).error().message() == "odd");
}

TEST_CASE("columns count characters, lines count line feeds") {
  const std::string_view text = "ab\nd\xC3\xBCr x\n";
  CHECK(line_column(text, 0).line == 1);
  CHECK(line_column(text, 0).column == 1);
  CHECK(line_column(text, 2).column == 3);
  CHECK(line_column(text, 3).line == 2);
  CHECK(line_column(text, 3).column == 1);
  CHECK(line_column(text, 8).column == 5);
  CHECK(line_column(text, 99).line == 3);
  CHECK(line_column("", 0).column == 1);
}

TEST_CASE("a cover holds both spans") {
  CHECK(cover({4, 2}, {10, 3}) == SourceSpan{4, 9});
  CHECK(cover({10, 3}, {4, 2}) == SourceSpan{4, 9});
  CHECK(cover({4, 10}, {5, 1}) == SourceSpan{4, 10});
}

TEST_CASE("the process environment tells an empty variable from none") {
  ::setenv("QUARRY_TEST_EMPTY", "", 1);
  const Environment environment = process_environment();
  CHECK(environment("QUARRY_TEST_EMPTY") == "");
  CHECK_FALSE(environment("QUARRY_TEST_NOT_SET"));
}

TEST_CASE("the system clock counts from year 1") {
  constexpr std::int64_t kStartOf2024 = 638'396'640'000'000'000;
  CHECK(system_ticks_now() > kStartOf2024);
  const double earlier = monotonic_seconds();
  CHECK(earlier <= monotonic_seconds());
}
