#include "common/etl/clock.h"

#include <doctest/doctest.h>

#include <limits>

namespace quarry::etl {
namespace {

TEST_CASE("a raw clock near 2^62 keeps every tick") {
  const Clock clock{.kind = ClockKind::kQpc,
                    .raw_start = std::int64_t{1} << 62,
                    .start = {1000},
                    .frequency = 3'579'545};
  CHECK(clock.to_filetime(clock.raw_start + 3'579'545).ticks == 10'001'000);
  // One count is 2.79 ticks: rounded down, also before the start.
  CHECK(clock.to_filetime(clock.raw_start + 1).ticks == 1002);
  CHECK(clock.to_filetime(clock.raw_start - 1).ticks == 997);
}

TEST_CASE("each clock has its rule") {
  CHECK(Clock{.kind = ClockKind::kSystemTime, .raw_start = 5, .start = {9}}.to_filetime(77).ticks ==
        77);
  const Clock cycles{.kind = ClockKind::kCpuCycle, .start = {100}, .cpu_mhz = 2000};
  CHECK(cycles.to_filetime(2000 * 1'000'000).ticks == 10'000'100);
  const Clock qpc{.kind = ClockKind::kQpc, .start = {100}};
  CHECK(qpc.to_filetime(5).ticks == 105);
}

TEST_CASE("no clock divides by zero or leaves 64 bits") {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  CHECK(Clock{.frequency = 0}.to_filetime(7).ticks == 7);
  CHECK(Clock{.kind = ClockKind::kCpuCycle, .cpu_mhz = 0}.to_filetime(7).ticks == 70);
  CHECK(Clock{.raw_start = kMin, .frequency = 1}.to_filetime(kMax).ticks == kMax);
  CHECK(Clock{.raw_start = kMax, .frequency = 1}.to_filetime(kMin).ticks == kMin);
}

TEST_CASE("a FILETIME outside the calendar stays a number") {
  std::string text;
  append_filetime(text, {0});
  CHECK(text == "1601-01-01T00:00:00.0000000Z");
  text.clear();
  append_filetime(text, {std::numeric_limits<std::int64_t>::max()});
  CHECK(text == "9223372036854775807");
  CHECK_FALSE(to_datetime({std::numeric_limits<std::int64_t>::min()}));
}

}  // namespace
}  // namespace quarry::etl
