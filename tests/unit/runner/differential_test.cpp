// Queries that are compared with themselves in other shapes.
#include "tests/runner/differential_case.h"
#include "tests/runner/judge.h"
#include "tests/runner/sections.h"

#include <doctest/doctest.h>

namespace quarry::test {
namespace {

TEST_CASE("a differential file holds queries, their options and those without rows") {
  const auto cases = parse_differential_cases(
      "args: --strict\nquery: A | take 1\n\nquery:\n  A\n  | consume\nrows: none\n");
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].query == "A | take 1");
  CHECK(cases[0].arguments == std::vector<std::string>{"--strict"});
  CHECK(cases[0].has_rows);
  CHECK(cases[1].query == "A\n| consume");
  CHECK(cases[1].arguments.empty());
  CHECK_FALSE(cases[1].has_rows);
  CHECK_THROWS_AS(parse_differential_cases("query: A\noutput: x\n"), FormatError);
}

TEST_CASE("shapes are every pair of batch size and threads") {
  const auto shapes = shapes_of({std::nullopt, 1}, {2, 7});
  REQUIRE(shapes.size() == 4);
  CHECK(print_shape(shapes[0]) == "2 threads");
  CHECK(print_shape(shapes[3]) == "batches of 1 row, 7 threads");
  CHECK(print_shape({}).empty());
  CHECK(shape_environment(shapes[3]) ==
        std::vector<std::string>{"QUARRY_TEST_BATCH_ROWS=1", "QUARRY_THREADS=7"});
}

TEST_CASE("the first line that differs is named, also one that is missing") {
  CHECK(other_bytes("a\nb\n", "a\nc\n", {1, 1}) ==
        "line 2 differs from that of the first run (batches of 1 row, 1 thread)\n"
        "  first: b\n  now:   c");
  CHECK(other_bytes("a\nb\n", "a\n", {}).starts_with("line 2 differs"));
}

}  // namespace
}  // namespace quarry::test
