#include "common/base/source_map.h"

#include <doctest/doctest.h>

namespace quarry {
namespace {

TEST_CASE("spans find the text that they came from, and its place in the file") {
  SourceMap map;
  CHECK(map.add("T | take 1", {.name = "query"}) == 0);
  const std::uint32_t second =
      map.add("a\nbé c", {.name = "f.yaml", .lines_before = 10, .columns_before = 2});
  CHECK(map.text_so_far().substr(second) == "a\nbé c");
  const SourceMap::Place first = map.place({4, 4});
  CHECK(first.name == "query");
  CHECK(first.text == "T | take 1");
  CHECK(first.span == SourceSpan{4, 4});
  CHECK(first.at.column == 5);
  const SourceMap::Place inside = map.place({second + 6, 1});  // é has two bytes
  CHECK(inside.name == "f.yaml");
  CHECK(inside.at.line == 12);
  CHECK(inside.at.column == 6);
  CHECK(map.is_first({4, 1}));
  CHECK_FALSE(map.is_first({second, 1}));
}

TEST_CASE("the end of a text belongs to it, what lies behind all to the last") {
  SourceMap map;
  map.add("ab", {.name = "query"});
  CHECK(map.place({2, 0}).at.column == 3);
  CHECK(map.place({900, 5}).span == SourceSpan{2, 0});
}

}  // namespace
}  // namespace quarry
