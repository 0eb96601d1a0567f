// How .test files become cases.
#include "tests/runner/cli_case.h"
#include "tests/runner/code_block.h"
#include "tests/runner/kql_case.h"
#include "tests/runner/sections.h"

#include <doctest/doctest.h>

namespace quarry::test {
namespace {

TEST_CASE("inputs serve the queries below them until others follow") {
  const auto cases = parse_kql_cases(
      "input T.ndjson:\n  {\"a\":1}\nfile side.csv: x\n"
      "query: T\noutput:\n  a:long\n"
      "query: T | count\noutput:\n  Count:long\n"
      "input U.ndjson escaped:\n  a\\x41\\\n"
      "args: --param 'x=1 2'\nquery: U\nerror: 1:2 no\n");
  REQUIRE(cases.size() == 3);
  CHECK(cases[0].inputs.size() == 2);
  CHECK(cases[0].inputs[0].text == "{\"a\":1}\n");
  CHECK(cases[0].inputs[0].is_argument);
  CHECK_FALSE(cases[1].inputs[1].is_argument);
  REQUIRE(cases[2].inputs.size() == 1);
  CHECK(cases[2].inputs[0].text == "aA");
  CHECK(cases[2].arguments == std::vector<std::string>{"--param", "x=1 2"});
}

TEST_CASE("a query on several lines keeps its lines, so that positions mean something") {
  const auto cases = parse_kql_cases("query:\n  T\n\n  | take 1\nerror: 3:2 message: with colon\n");
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].query == "T\n\n| take 1");
  CHECK(cases[0].errors[0].line == 3);
  CHECK(cases[0].errors[0].column == 2);
  CHECK(cases[0].errors[0].message == "message: with colon");
}

TEST_CASE("a test that asks nothing or says something unknown is a mistake") {
  CHECK_THROWS_AS(parse_kql_cases("query: T\n"), FormatError);
  CHECK_THROWS_AS(parse_kql_cases("query: T\noutput:\n  a:long\nouptut:\n"), FormatError);
  CHECK_THROWS_AS(parse_kql_cases("output:\n  a:long\n"), FormatError);
  CHECK_THROWS_AS(parse_kql_cases("no section\n"), FormatError);
  CHECK_THROWS_AS(parse_cli_cases("command: x\nstdout matches: y\n"), FormatError);
}

TEST_CASE("a command that succeeds must be silent on stderr unless its test says otherwise") {
  const auto cases =
      parse_cli_cases("command: x\ncommand: y\nstderr contains: wa\ncommand: z\nexit: 2\n");
  REQUIRE(cases.size() == 3);
  const Finished noisy{"", "warning\n", 0, false};
  const Finished refused{"", "error\n", 2, false};
  CHECK_FALSE(judge(cases[0], noisy).empty());
  CHECK(judge(cases[1], noisy).empty());
  CHECK(judge(cases[2], refused).empty());
  CHECK_FALSE(judge(cases[2], noisy).empty());
}

TEST_CASE("only marked code blocks run") {
  const auto blocks = executable_blocks(
      "```sh\nrm -rf x\n```\n<!-- run -->\n\n```sh\necho a\n```\n<!-- output -->\n```\na\n```\n");
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].script == "echo a\n");
  CHECK(blocks[0].output == "a\n");
  CHECK(blocks[0].line == 6);
  CHECK_THROWS_AS(executable_blocks("<!-- run -->\ntext\n"), FormatError);
}

}  // namespace
}  // namespace quarry::test
