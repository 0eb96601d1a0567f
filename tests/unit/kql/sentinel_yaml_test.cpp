#include "common/kql/sentinel_yaml.h"

#include <doctest/doctest.h>

namespace quarry::kql {
namespace {

TEST_CASE("a parser's names, parameters and query are read, with the query's place") {
  const auto read = read_sentinel_function(
      "ParserName: vimX  # a comment\r\n"
      "EquivalentBuiltInParser: '_Im_X'\n"
      "ParserParams:\n"
      "- Name: who\n"
      "  Type: string\n"
      "  Default: 'it''s'\n"
      "- Name: T\n"
      "  Type: table:(*)\n"
      "- Name: at\n"
      "  Type: datetime\n"
      "  Default: datetime(null)\n"
      "ParserQuery: |\n"
      "\n"
      "    T\n"
      "      | take 1\n"
      "Parsers:\n"
      "  - other\n",
      "x.yaml");
  REQUIRE(read);
  REQUIRE(*read);
  const SentinelFunction& function = **read;
  CHECK(function.names == std::vector<std::string>{"vimX", "_Im_X"});
  CHECK(function.parameters == "who:string=\"it's\", T:(*), at:datetime=datetime(null)");
  CHECK(function.body == "\nT\n  | take 1\n");
  CHECK(function.lines_before == 12);
  CHECK(function.columns_before == 4);
}

TEST_CASE("other YAML is no function, a query that is no block is an error with its line") {
  const auto rule = read_sentinel_function("id: 1\nquery: |\n  T\n", "rule.yaml");
  REQUIRE(rule);
  CHECK_FALSE(rule->has_value());
  const auto plain = read_sentinel_function("FunctionName: f\nFunctionQuery: T\n", "f.yaml");
  REQUIRE_FALSE(plain);
  CHECK(plain.error().file() == "f.yaml:2");
  CHECK_FALSE(read_sentinel_function("FunctionQuery: |\n  T\n", "f.yaml"));
}

}  // namespace
}  // namespace quarry::kql
