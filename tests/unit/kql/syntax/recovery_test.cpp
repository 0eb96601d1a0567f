#include "tests/unit/kql/syntax/parsed.h"

#include <doctest/doctest.h>

using quarry::kql::syntax::test::errors;
using quarry::kql::syntax::test::expression;
using quarry::kql::syntax::test::Parsed;

TEST_CASE("all errors of a query are reported, one for each place") {
  CHECK(errors("T | where a == | wher b | take ) | extend c = ; U | where") ==
        "1:15 expected an expression, found '|'\n"
        "1:18 unknown operator 'wher'\n"
        "1:31 expected an expression, found ')'\n"
        "1:46 expected an expression, found ';'\n"
        "1:58 the query ends where an expression is expected");
}

TEST_CASE("what is missing is missing behind the last token of a line") {
  CHECK(errors("T | where (a == 1\n| take 5") == "2:9 expected ')', found the end of the query");
  CHECK(errors("T | where f(a == 1\n| take 5") ==
        "1:19 expected ')' at the end of the arguments, found '|'");
  CHECK(errors("let x = 1\nT") == "1:10 expected ';' before 'T'");
  CHECK(errors("T | take 1 where x") == "1:12 unexpected 'where' in take");
}

TEST_CASE(
    "an operator that is known but not supported is no syntax error, and the rest is still read") {
  const Parsed parsed("T | make-series n = f(a | b, ')') on t step 1h | where | take 1");
  CHECK(parsed.errors == std::vector<std::string>{"1:5 not supported yet: make-series",
                                                  "1:55 expected an expression, found '|'"});
  CHECK(parsed.shown == "(pipe T (?) (where <error>) (take 1))");
}

TEST_CASE("an unknown operator suggests the nearest") {
  quarry::Diagnostics diagnostics;
  quarry::kql::syntax::Ast ast;
  quarry::kql::syntax::parse("T | projec-away a", quarry::kql::syntax::test::operators(),
                             diagnostics, ast);
  REQUIRE(diagnostics.sorted().size() == 1);
  CHECK(diagnostics.sorted()[0].message == "unknown operator 'projec-away'");
  CHECK(diagnostics.sorted()[0].hint == "did you mean 'project-away'?");
}

TEST_CASE("a stray closing bracket does not hide later errors") {
  CHECK(errors("T | where a) | take ; U | where") ==
        "1:12 expected ';' before ')'\n"
        "1:20 expected an expression, found ';'\n"
        "1:32 the query ends where an expression is expected");
  CHECK(errors("T |") == "1:4 expected an operator behind '|'");
  CHECK(errors("T | join (U | take 1 on a") ==
        "1:22 unexpected 'on' in take\n"
        "1:26 expected ')', found the end of the query");
}

TEST_CASE("stray characters are reported once, where they stand") {
  CHECK(Parsed("T | where a == “x”").errors.front() == "1:16 unexpected character '“'");
  CHECK(errors("T | where a ?") == "1:13 unexpected character '?'");
}

TEST_CASE("placeholders of dashboards are named as such") {
  CHECK(expression("T | take {Rows}") == "1:10 placeholders of dashboards are not filled in here");
}

TEST_CASE("any text ends in a tree, whole or broken") {
  const std::string_view whole =
      "let f = (a:long, T:(x:string, *)) { let y = dynamic({'a': [1, datetime(2024-01-01)]}); T | "
      "where x in~ ('a', \"b\") and a between (1 .. 2d) }; "
      "union isfuzzy=true A*, (B | join kind=inner (C) on $left.a == $right.['b c']) | extend (p, "
      "q) = f(-1.5, h@'z')[0].w, ['odd'] = a !has ```m``` // c\n"
      "| project-away *x, y* ; externaldata(c:string)[@'u'] with (format='csv')";
  for (std::size_t end = 0; end <= whole.size(); ++end) Parsed(whole.substr(0, end));
  for (std::size_t gap = 0; gap < whole.size(); ++gap)
    Parsed(std::string(whole.substr(0, gap)) + std::string(whole.substr(gap + 1)));
  for (const char c : std::string_view("()[]{}|;,.'\"@!~=*-\\`\x80")) {
    for (std::size_t at = 0; at <= whole.size(); at += 3)
      Parsed(std::string(whole.substr(0, at)) + c + std::string(whole.substr(at)));
  }
  CHECK(Parsed(whole).errors.empty());
}
