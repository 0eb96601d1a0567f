#include "common/output/chart/svg.h"
#include "common/output/chart/ticks.h"

#include <doctest/doctest.h>

#include <limits>

namespace quarry::output {
namespace {

std::string texts(const std::vector<Tick>& ticks) {
  std::string all;
  for (const Tick& tick : ticks) all += (all.empty() ? "" : " ") + tick.text;
  return all;
}

TEST_CASE("number ticks are round and reach the largest value") {
  CHECK(texts(number_ticks(4, 4)) == "0 1 2 3 4");
  CHECK(texts(number_ticks(4.1, 4)) == "0 2 4 6");
  CHECK(texts(number_ticks(0.3, 3)) == "0 0.1 0.2 0.3");
  CHECK(texts(number_ticks(7e9, 4)) == "0 2000000000 4000000000 6000000000 8000000000");
}

TEST_CASE("an axis of nothing still has a length") {
  CHECK(texts(number_ticks(0, 4)) == "0 1");
  CHECK(texts(number_ticks(-1, 4)) == "0 1");
  CHECK(texts(number_ticks(std::numeric_limits<double>::infinity(), 4)) == "0 1");
}

TEST_CASE("time ticks are round clock times, as short as their distance allows") {
  const Datetime start{kUnixEpochTicks + 10 * kTicksPerHour + 7 * kTicksPerSecond};
  CHECK(texts(time_ticks(start, {20 * kTicksPerSecond}, 8)) ==
        "10:00:10 10:00:15 10:00:20 10:00:25");
  CHECK(texts(time_ticks(start, {2 * kTicksPerHour}, 8)) == "10:30 11:00 11:30 12:00");
  CHECK(texts(time_ticks(start, {300 * kTicksPerMillisecond}, 8)) ==
        "10:00:07.000 10:00:07.100 10:00:07.200 10:00:07.300");
  CHECK(time_ticks(start, {0}, 8).empty());
  CHECK(time_ticks(start, {400 * kTicksPerDay}, 8).size() <= 8);
}

TEST_CASE("bars are as long as their share, and one that is not 0 is seen") {
  const std::string svg = to_svg(BarChart{
      .title = "t", .bars = {{"a", 10, "10"}, {"b", 5, "5"}, {"c", 1e-9, "0"}, {"d", 0, "0"}}});
  CHECK(svg.find("width=\"450.0\"") != std::string::npos);
  CHECK(svg.find("width=\"225.0\"") != std::string::npos);
  CHECK(svg.find("width=\"1.0\"") != std::string::npos);
  CHECK(svg.find("width=\"0.0\"") != std::string::npos);
}

TEST_CASE("a long label keeps both of its ends and is whole in the tip") {
  const std::string label = "C:\\" + std::string(100, 'x') + "\\end.dll";
  const std::string svg = to_svg(BarChart{.title = "t", .bars = {{label, 1, "1"}}});
  CHECK(svg.find("<title>" + label + ": 1</title>") != std::string::npos);
  CHECK(svg.find(">C:\\xxxxxxxxxxxxxx…xxx") != std::string::npos);
  CHECK(svg.find("\\end.dll</text>") != std::string::npos);
}

TEST_CASE("a graph draws each node once and each edge between its layers, texts escaped") {
  const std::string svg =
      to_svg(LayeredGraph{.title = "who",
                          .layers = {{"Apps", {"<b>"}}, {"Users", {"ann", "bo"}}},
                          .edges = {{0, 0, 0}, {0, 0, 1}}});
  const auto count = [&svg](std::string_view text) {
    std::size_t times = 0;
    for (std::size_t at = svg.find(text); at != std::string::npos; at = svg.find(text, at + 1))
      ++times;
    return times;
  };
  CHECK(count("class=\"node\"") == 3);
  CHECK(count("class=\"edge\"") == 2);
  CHECK(count("<b>") == 0);
  CHECK(count("&lt;b&gt;") == 2);
  CHECK(to_svg(LayeredGraph{.title = "none", .layers = {}, .edges = {}}).empty());
}

TEST_CASE("a chart of nothing is nothing") {
  CHECK(to_svg(BarChart{}).empty());
  CHECK(to_svg(Timeline{}).empty());
  CHECK(!to_svg(Timeline{.title = "t", .value_name = "v", .start = {}, .step = {1}, .values = {0}})
             .empty());
}

}  // namespace
}  // namespace quarry::output
