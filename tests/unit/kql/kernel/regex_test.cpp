#include "common/kql/kernel/regex.h"

#include <doctest/doctest.h>

using quarry::kql::Regex;

namespace {

Regex compiled(std::string_view pattern) {
  auto regex = Regex::compile(pattern);
  REQUIRE(regex.has_value());
  return *regex;
}

std::string replaced(std::string_view pattern, std::string_view text, std::string_view rewrite) {
  std::string out;
  compiled(pattern).replace_all(text, rewrite, out);
  return out;
}

}  // namespace

TEST_CASE("a broken pattern is refused in RE2's words") {
  const auto regex = Regex::compile("(");
  REQUIRE_FALSE(regex.has_value());
  CHECK(regex.error().message() == "invalid regular expression: missing ): (");
  CHECK(Regex::compile("a(?=b)").error().hint().find("look-ahead") != std::string::npos);
}

TEST_CASE("a pattern is found anywhere, with regard to case unless it says otherwise") {
  CHECK(compiled("b.*k").contained_in("Fabrikam"));
  CHECK_FALSE(compiled("B.*k").contained_in("Fabrikam"));
  CHECK(compiled("(?i)POWERSHELL").contained_in("run powershell now"));
  CHECK(compiled("plain").contained_in("a plain text"));
  CHECK_FALSE(compiled("plain").contained_in("a PLAIN text"));
  CHECK(compiled("").contained_in(""));
  CHECK(compiled("^$").contained_in(""));
}

TEST_CASE("case folding beyond ASCII is RE2's, whatever the literals say") {
  CHECK(compiled("(?i)kelvin").contained_in("\u212Aelvin"));
  CHECK(compiled("(?i)\u00E4rger").contained_in("\u00C4RGER"));
  CHECK(compiled("(?i)kelvin").required().any_of.empty());
}

TEST_CASE("required literals are those that no match lacks") {
  CHECK(compiled("abc.*defgh").required().any_of == std::vector<std::string>{"defgh"});
  CHECK(compiled("foo|bar").required().any_of.size() == 2);
  CHECK(compiled("foo|.").required().any_of.empty());
  CHECK(compiled("a?b*").required().any_of.empty());
  CHECK(compiled("plain text").required().any_of == std::vector<std::string>{"plain text"});
  CHECK_FALSE(compiled("plain text").required().ignore_case);
}

TEST_CASE("groups that took no part have no data") {
  std::vector<std::string_view> groups;
  const Regex regex = compiled("(a)|(?P<second>b)");
  REQUIRE(regex.match("xb", 0, groups));
  CHECK(groups.size() == 3);
  CHECK(groups[0] == "b");
  CHECK(groups[1].data() == nullptr);
  CHECK(groups[2] == "b");
  CHECK(regex.group_names() == std::vector<std::string>{"", "", "second"});
  CHECK_FALSE(regex.match("xb", 2, groups));
}

TEST_CASE("replacing rewrites every match once") {
  CHECK(replaced("a+", "aabca", "<\\0>") == "<aa>bc<a>");
  CHECK(replaced("(\\w)(\\w)", "abcd", "\\2\\1") == "badc");
  CHECK(replaced("x*", "abc", "-") == "-a-b-c-");
  CHECK(replaced("b*", "abc", "-") == "-a-c-");
  CHECK(replaced("", "d\u00FCr", "|") == "|d|\u00FC|r|");
  CHECK(replaced("b", "abc", "\\\\ \\9 \\q") == "a\\  \\qc");
  CHECK(replaced("zzz", "abc", "") == "abc");
}

TEST_CASE("a quoted text matches itself") {
  const std::string text = "a.b*c[d]\\ \u00E4 1_";
  CHECK(compiled("^" + quarry::kql::regex_quote(text) + "$").contained_in(text));
}
