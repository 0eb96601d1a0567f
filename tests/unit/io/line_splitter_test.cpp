#include "common/io/line_splitter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace quarry::io {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  LineSplitter splitter(text);
  for (std::string_view line; splitter.next(line);) lines.emplace_back(line);
  return lines;
}

TEST_CASE("line splitter takes both line ends and a last line without one") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("a") == std::vector<std::string>{"a"});
  CHECK(lines_of("a\n") == std::vector<std::string>{"a"});
  CHECK(lines_of("a\r\n\nb\rc\r\nd") == std::vector<std::string>{"a", "", "b\rc", "d"});
  CHECK(lines_of("\n\r\n") == std::vector<std::string>{"", ""});
}

TEST_CASE("line splitter tells where a line starts") {
  LineSplitter splitter("ab\r\ncd\n");
  std::string_view line;
  REQUIRE(splitter.next(line));
  CHECK(splitter.offset() == 0);
  REQUIRE(splitter.next(line));
  CHECK(splitter.offset() == 4);
  CHECK_FALSE(splitter.next(line));
}

TEST_CASE("count_byte agrees with a plain count at every length and offset") {
  std::string text;
  for (int i = 0; i < 40000; ++i) text += i * i % 7 == 2 ? '\n' : static_cast<char>(i);
  for (std::size_t size : {0U, 1U, 31U, 63U, 64U, 65U, 127U, 1000U, 16320U, 16384U, 39000U}) {
    for (std::size_t start : {0U, 1U, 17U}) {
      const std::string_view part = std::string_view(text).substr(start, size);
      CHECK(count_newlines(part) == static_cast<std::uint64_t>(std::ranges::count(part, '\n')));
    }
  }
  CHECK(count_byte(std::string(100000, '\n'), '\n') == 100000);
}

}  // namespace
}  // namespace quarry::io
