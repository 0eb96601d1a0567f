#include "common/cli/progress.h"

#include "common/base/unicode.h"

#include <doctest/doctest.h>

namespace quarry::cli {

TEST_CASE("progress begins after half a second and comes ten times a second at most") {
  ProgressLine line(true, When::kAuto, 80);
  CHECK_FALSE(line.due(0.4));
  CHECK(line.clear().empty());
  CHECK(line.due(0.5));
  CHECK(line.draw("working", 0.5) == "\r\x1b[Kworking");
  CHECK_FALSE(line.due(0.55));
  CHECK(line.due(0.61));
  CHECK(line.clear() == "\r\x1b[K");
  CHECK(line.clear().empty());
}

TEST_CASE("progress is cut to the width, however narrow, and cannot drive the terminal") {
  ProgressLine line(true, When::kAuto, 10);
  CHECK(unicode::display_width(line.draw("0123456789abc", 1).substr(4)) == 9);
  CHECK(line.draw("a\x1b[2J", 2) == "\r\x1b[Ka\\x1b[2J");
  for (const std::size_t width : {0, 1, 2})
    CHECK_FALSE(ProgressLine(true, When::kAuto, width).draw("abc", 1).empty());
}

TEST_CASE(
    "without a terminal there is progress only where it is asked for, a line every ten seconds") {
  CHECK_FALSE(ProgressLine(false, When::kAuto, 80).due(100));
  CHECK_FALSE(ProgressLine(true, When::kNever, 80).due(100));
  ProgressLine line(false, When::kAlways, 80);
  CHECK_FALSE(line.due(9));
  CHECK(line.draw("working", 10) == "working\n");
  CHECK_FALSE(line.due(19));
  CHECK(line.due(20));
}

}  // namespace quarry::cli
