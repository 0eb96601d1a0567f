// What the fuzzer's grammar is made of: the tables of functions, the forms of operators.
#include "common/kql/operators/operator.h"
#include "tests/fuzz/grammar/signatures.h"
#include "tests/fuzz/grammar/syntax_text.h"
#include "tests/fuzz/test_text.h"

#include <doctest/doctest.h>

#include <set>

namespace quarry::fuzz {
namespace {

/// Blanks between words are one, those at the ends none.
std::string one_blank(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::set<std::string> writings(std::string_view syntax) {
  std::set<std::string> all;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Random random(seed);
    all.insert(one_blank(write_syntax(read_syntax(syntax), random, [](auto hole, auto) {
      return "<" + std::string(hole) + ">";
    })));
  }
  return all;
}

TEST_CASE("the form of an operator is read as a grammar") {
  CHECK(writings("take N") == std::set<std::string>{"take <N>"});
  CHECK(writings("x [a | b]") == std::set<std::string>{"x", "x a", "x b"});
  const auto lists = writings("summarize Name = Aggregate, … by Key, …");
  CHECK(lists.contains("summarize <Name> = <Aggregate> by <Key>"));
  CHECK(lists.contains("summarize <Name> = <Aggregate>, <Name> = <Aggregate> by <Key>, <Key>"));
  CHECK(writings("distinct Column, … | distinct *").contains("distinct *"));
  CHECK(writings("union [kind=inner | outer] Table, Prefix*, (Pipeline), …")
            .contains("union kind=outer (<Pipeline>), <Prefix*>"));
  CHECK(writings("top-nested N of X by Y, top-nested …")
            .contains("top-nested <N> of <X> by <Y>, top-nested <N> of <X> by <Y>"));
  CHECK(writings("graph-match (a)-[e]->(b)") == std::set<std::string>{"graph-match (a)-[e]->(b)"});
}

TEST_CASE("every function of the tables can be called") {
  std::set<std::uint32_t> callable;
  for (const Signature& signature : catalogue().signatures) callable.insert(signature.function);
  std::string missing;
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < catalogue().functions.size(); ++i) {
    if (callable.contains(i)) continue;
    missing += " " + catalogue().functions[i].name;
    ++count;
  }
  CAPTURE(missing);
  CHECK(count * 20 < catalogue().functions.size());
}

TEST_CASE("arguments of a call are cut at its own commas") {
  CHECK(arguments_in("print x = f(a, \"b,)\", g(1, 2))", "f") ==
        std::vector<std::string>{"a", "\"b,)\"", "g(1, 2)"});
  CHECK(arguments_in("print xf(1), f(2)", "f") == std::vector<std::string>{"2"});
  CHECK(arguments_in("print 1", "f").empty());
}

TEST_CASE("a printed case is read as the same case") {
  std::vector<InputTable> tables{
      {"T.ndjson", {{{"a b", Type::kLong}}}, true, "{\"a b\":1}\n{\"\\u00e9\":\"\xff\"}"}};
  const auto cases = read_cases(print_case("T\n| count", tables));
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].queries == std::vector<std::string>{"T\n| count"});
  REQUIRE(cases[0].tables.size() == 1);
  CHECK(cases[0].tables[0].bytes == tables[0].bytes);
  CHECK(cases[0].tables[0].schema == tables[0].schema);
}

}  // namespace
}  // namespace quarry::fuzz
