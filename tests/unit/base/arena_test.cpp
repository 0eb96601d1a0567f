#include "common/base/arena.h"

#include <doctest/doctest.h>

#include <string>

using quarry::Arena;

TEST_CASE("an arena keeps what it copied while it grows") {
  Arena arena(16);
  std::vector<std::string_view> copies;
  for (int i = 0; i < 1000; ++i) copies.push_back(arena.copy("text " + std::to_string(i)));
  for (int i = 0; i < 1000; ++i)
    CHECK(copies[static_cast<std::size_t>(i)] == "text " + std::to_string(i));
  CHECK(arena.memory() >= 7000);
  CHECK(arena.memory() < 40'000);
}

TEST_CASE("an arena takes a piece larger than its blocks, and nothing for an empty one") {
  Arena arena(8);
  CHECK(arena.copy("").empty());
  CHECK(arena.memory() == 0);
  const std::string large(3 << 20, 'x');
  CHECK(arena.copy(large) == large);
  CHECK(arena.memory() == large.size());
  CHECK(arena.copy("after") == "after");
}

TEST_CASE("an arena gives the unused tail of its newest piece out again") {
  Arena arena(64);
  char* const first = arena.allocate(40);
  arena.shrink_last(first, 10);
  CHECK(arena.allocate(54) == first + 10);
  CHECK(arena.memory() == 64);
}
