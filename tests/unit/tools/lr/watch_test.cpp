#include "tools/lr/run/watch.h"

#include "common/base/unicode.h"

#include <doctest/doctest.h>

using namespace quarry;

TEST_CASE("the line of a run fits 80 columns") {
  const lr::Scheduler::Counts counts{
      .waiting = 3000, .put_back = 999, .pending = 17, .running = 20, .fetching = 4, .ended = 1234};
  const std::string line = lr::watch_line(counts, 5'000, 8.4);
  CHECK(line ==
        "1,234/5,000 · 8.4/min · 8 h left · 20 running · 17 pending · 999 put back · 4 fetching");
  CHECK(unicode::display_width(line.substr(0, line.find(" · 4"))) < 80);
  CHECK(lr::watch_line({.ended = 5}, 5, 0) == "5/5");
}
