// How answers of hq are read and judged.
#include "tests/runner/diagnostic_text.h"
#include "tests/runner/judge.h"
#include "tests/runner/typed_ndjson.h"

#include <doctest/doctest.h>

namespace quarry::test {
namespace {

constexpr const char* kSchema =
    R"({"_type":"schema","version":1,"columns":[{"name":"a","type":"long"}]})";

KqlCase expecting(const char* text) { return parse_kql_cases(text)[0]; }

TEST_CASE("rows must carry the keys of their schema line in its order") {
  Outcome good;
  read_typed_ndjson(std::string(kSchema) + "\n{\"a\":1}\n" + kSchema + "\n", good);
  CHECK(good.trouble.empty());
  REQUIRE(good.tables.size() == 2);
  CHECK(good.tables[0].rows == std::vector<TestRow>{{"1"}});

  for (const char* row : {R"({"b":1})", R"({"a":1,"b":2})", "{}", "text"}) {
    Outcome bad;
    read_typed_ndjson(std::string(kSchema) + "\n" + row + "\n", bad);
    CHECK_FALSE(bad.trouble.empty());
  }
  Outcome bare;
  read_typed_ndjson("{\"a\":1}\n", bare);
  CHECK_FALSE(bare.trouble.empty());
}

TEST_CASE("diagnostics are read as JSON lines and in the form for people") {
  Outcome outcome;
  read_diagnostics(
      "{\"_type\":\"error\",\"level\":\"error\",\"line\":1,\"column\":7,\"message\":\"one\"}\n"
      "{\"_type\":\"error\",\"level\":\"warning\",\"message\":\"two\"}\n"
      "hq: error: three: with colon\n  --> a.kql:3:18\n  3 | x\n    | ^\n  hint: y\n"
      "hq: warning: four\n",
      outcome);
  REQUIRE(outcome.errors.size() == 2);
  CHECK(print_report(outcome.errors[0]) == "1:7 one");
  CHECK(print_report(outcome.errors[1]) == "3:18 three: with colon\nhint: y");
  REQUIRE(outcome.warnings.size() == 2);
  CHECK(print_report(outcome.warnings[1]) == "four");
}

TEST_CASE("all errors must be named, warnings only where a test cares") {
  const KqlCase test = expecting("query: x\nerror: 1:2 one...\nerror: two\n");
  Outcome outcome;
  outcome.errors = {{1, 2, "one and more"}, {9, 9, "two"}};
  outcome.warnings = {{0, 0, "unasked"}};
  CHECK(judge(test, outcome).empty());
  outcome.exit_status = 3;
  CHECK_FALSE(judge(test, outcome).empty());
  outcome.exit_status = 2;
  CHECK(judge(test, outcome).empty());
  outcome.errors.push_back({1, 1, "third"});
  CHECK_FALSE(judge(test, outcome).empty());
}

TEST_CASE("an answer where an error is expected fails, and the other way round") {
  Outcome answer;
  read_typed_ndjson(kSchema, answer);
  CHECK_FALSE(judge(expecting("query: x\nerror: two\n"), answer).empty());
  CHECK(judge(expecting("query: x\noutput:\n  a:long\n"), answer).empty());
  CHECK_FALSE(judge(expecting("query: x\noutput:\n  a:long\n"), Outcome{}).empty());
}

}  // namespace
}  // namespace quarry::test
