#include "tools/lr/playbook/template.h"

#include <doctest/doctest.h>

#include <map>

using namespace quarry::lr;

namespace {

std::string filled(std::string_view text, std::map<std::string, std::string> row, Place place) {
  const auto made = Template::parse(text);
  REQUIRE(made);
  const auto result = made->fill(
      [&row](const std::string& column) {
        const auto found = row.find(column);
        return found == row.end() ? std::nullopt : std::optional(found->second);
      },
      place);
  return result ? *result : "error: " + result.error().message();
}

}  // namespace

TEST_CASE("columns are put in, doubled braces stay") {
  CHECK(filled("-User {User} -Set {{a}}", {{"User", "anna"}}, Place::kArgument) ==
        "-User anna -Set {a}");
  CHECK(Template::parse("{a}x{b}{a}")->columns() == std::vector<std::string>{"a", "b", "a"});
  CHECK(filled("C:\\ir\\{D}.zip", {{"D", "wks 1"}}, Place::kPath) == "C:\\ir\\wks 1.zip");
}

TEST_CASE("braces without partners are mistakes") {
  CHECK(!Template::parse("a {b"));
  CHECK(!Template::parse("a b}"));
  CHECK(!Template::parse("{}"));
  CHECK(!Template::parse("{a{b}"));
}

TEST_CASE("a value never becomes another argument, option or path") {
  for (const char* value :
       {"a b", "a;b", "\"", "'", "$(x)", "`x", "a|b", "a\nb", "-Force", "a&b", "%x%", "a\\b"})
    CHECK(filled("-U {U}", {{"U", value}}, Place::kArgument).starts_with("error: the value of U"));
  for (const char* value : {"..\\..\\x", "a/b", "*", "%TEMP%", "a\"b", "x\x01"})
    CHECK(filled("C:\\{U}", {{"U", value}}, Place::kPath).starts_with("error: the value of U"));
  CHECK(filled("{U}", {}, Place::kArgument) == "error: the row has no value of U");
  CHECK(filled("{U}", {{"U", ""}}, Place::kArgument) == "error: the row has no value of U");
}
