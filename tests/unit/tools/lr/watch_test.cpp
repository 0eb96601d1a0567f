#include "tools/lr/run/watch.h"

#include "common/base/unicode.h"

#include <doctest/doctest.h>

using namespace quarry;

TEST_CASE("the line of a run fits 80 columns") {
  const lr::Scheduler::Counts counts{
      .waiting = 3000, .put_back = 999, .pending = 17, .running = 20, .fetching = 4, .ended = 1234};
  CHECK(lr::watch_line({.counts = counts, .devices = 5'000, .failed = 3, .per_minute = 8.4}) ==
        "1,234/5,000 · 3 failed · 8.4/min · 8 h left · 20 running · 17 pending");
  CHECK(lr::watch_line({.counts = counts, .devices = 5'000}) ==
        "1,234/5,000 · 20 running · 17 pending · 4 fetching · 999 put back");
  CHECK(lr::watch_line({.counts = {.ended = 5}, .devices = 5}) == "5/5");
}
