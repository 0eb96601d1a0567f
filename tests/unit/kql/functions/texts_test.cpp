#include "tests/unit/kql/functions/call.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::kql::test;

namespace {
Scalar dynamic(std::string json) { return Scalar::dynamic(std::move(json)); }
}  // namespace

TEST_CASE("lengths count characters or bytes") {
  CHECK(call_text("strlen", {text("d\u00FCr")}) == "3");
  CHECK(call_text("string_size", {text("d\u00FCr")}) == "4");
  CHECK(call_text("strlen", {number(1234)}) == "4");
}

TEST_CASE("letter case goes beyond ASCII") {
  CHECK(call_text("toupper", {text("d\u00FCr")}) == "D\u00DCR");
  CHECK(call_text("tolower", {text("ABC def ghi JKL mno")}) == "abc def ghi jkl mno");
}

TEST_CASE("strcat takes anything") {
  CHECK(call_text("strcat", {text("a"), number(1), Scalar::of(true), Scalar::null(Type::kLong),
                             dynamic("[1]")}) == "a1true[1]");
  CHECK(call_text("strcat_delim", {text("-"), number(1), text("2"), text("A")}) == "1-2-A");
  CHECK(call_text("strcat_array", {dynamic(R"([1,"b",null])"), text(",")}) == "1,b,");
}

TEST_CASE("substring counts characters, from either end") {
  CHECK(call_text("substring", {text("ABCdef"), number(2), number(3)}) == "Cde");
  CHECK(call_text("substring", {text("\u00E4bc"), number(1)}) == "bc");
  CHECK(call_text("substring", {text("abcdef"), number(-2)}) == "ef");
  CHECK(call_text("substring", {text("abc"), number(5)}) == "");
  CHECK(call_text("substring", {text("abc"), number(1), number(0)}) == "");
  CHECK(call_text("substring", {number(12345), number(1), number(2)}) == "23");
}

TEST_CASE("indexof looks at where a match begins") {
  const Scalar source = text("abcdefg");
  const Scalar match = text("cde");
  CHECK(call_text("indexof", {source, match}) == "2");
  CHECK(call_text("indexof", {source, match, number(1), number(4)}) == "2");
  CHECK(call_text("indexof", {source, match, number(1), number(2)}) == "2");
  CHECK(call_text("indexof", {source, match, number(3), number(4)}) == "-1");
  CHECK(call_text("indexof", {source, match, number(-5)}) == "2");
  CHECK(call_text("indexof", {number(1234567), number(5), number(1), number(4)}) == "4");
  CHECK(call_text("indexof", {text("abcdefgabcdefg"), match, number(1), number(10), number(2)}) ==
        "9");
  CHECK(call_text("indexof", {text("abcdefgabcdefg"), match, number(1), number(-1), number(3)}) ==
        "-1");
  CHECK(call_text("indexof", {text("\u00E4\u00F6x"), text("x")}) == "2");
  CHECK(call_text("indexof", {source, match, number(0), number(-2)}) == "null");
}

TEST_CASE("split gives arrays") {
  CHECK(call_text("split", {text("aa_bb"), text("_")}) == R"(["aa","bb"])");
  CHECK(call_text("split", {text("aaa_bbb_ccc"), text("_"), number(1)}) == R"(["bbb"])");
  CHECK(call_text("split", {text(""), text("_")}) == R"([""])");
  CHECK(call_text("split", {text("a__b"), text("_")}) == R"(["a","","b"])");
  CHECK(call_text("split", {text("ab"), text("")}) == R"(["ab"])");
  CHECK(call_text("split", {text("a_b"), text("_"), number(9)}) == "[]");
}

TEST_CASE("trim removes all matches at the ends") {
  CHECK(call_text("trim", {text("[^\\w]+"), text("-  Te st1// $")}) == "Te st1");
  CHECK(call_text("trim", {text("-"), text("--a-b--")}) == "a-b");
  CHECK(call_text("trim_start", {text("a*"), text("aaathis is a testaaaa")}) ==
        "this is a testaaaa");
  CHECK(call_text("trim_end", {text("a*"), text("aaathis is a testaaaa")}) == "aaathis is a test");
  CHECK(call_text("trim_end", {text(".com"), text("bing.com")}) == "bing");
  CHECK(call_text("trim", {text("a"), text("aaa")}) == "");
  CHECK(refusal("trim", {text("("), text("a")}) == "invalid regular expression: missing ): (");
}

TEST_CASE("replacing keeps what does not match") {
  CHECK(call_text("replace_string", {text("aXbXc"), text("X"), text("--")}) == "a--b--c");
  CHECK(call_text("replace_string", {text("abc"), text(""), text("-")}) == "abc");
  CHECK(call_text("replace_regex", {text("Number is 1"), text("is (\\d+)"), text("was: \\1")}) ==
        "Number was: 1");
  CHECK(call_text("replace", {text("b+"), text("-"), text("abbc")}) == "a-c");
}

TEST_CASE("replace_strings does not look into what it has replaced") {
  const Scalar message = text("This is an example");
  CHECK(call_text("replace_strings", {message, dynamic(R"(["This","is"])"),
                                      dynamic(R"(["This","was"])")}) == "This was an example");
  CHECK(call_text("replace_strings", {message, dynamic(R"(["is","This"])"),
                                      dynamic(R"(["was","This"])")}) == "Thwas was an example");
  CHECK(call_text("replace_strings", {message, dynamic(R"(["This","is"])"),
                                      dynamic(R"([12345,"was"])")}) == "This was an example");
}

TEST_CASE("extract gives one group, as a text or as a type") {
  const Scalar pattern = text("x=([0-9.]+)");
  const Scalar source = text("hello x=45.6|wo");
  CHECK(call_text("extract", {pattern, number(1), source}) == "45.6");
  CHECK(call_text("extract", {pattern, number(0), source}) == "x=45.6");
  CHECK(call_text("extract", {text("y=(.)"), number(1), source}) == "");
  CHECK(call("extract", {pattern, number(1), source, text("real")}).type() == Type::kReal);
  CHECK(call_text("extract", {pattern, number(7), source}) == "");
}

TEST_CASE("extract_all gives arrays of arrays where there are several groups") {
  CHECK(call_text("extract_all", {text("(\\d+)"), text("123, 567 and 789")}) ==
        R"(["123","567","789"])");
  CHECK(call_text("extract_all", {text("(\\w)(\\w+)(\\w)"), text("82b8be2d-dfa7")}) ==
        R"([["8","2b8be2","d"],["d","fa","7"]])");
  CHECK(call_text("extract_all", {text("(?P<first>\\w)(\\w+)(?P<last>\\w)"),
                                  dynamic(R"(["first","last"])"), text("dfa7")}) ==
        R"([["d","7"]])");
  CHECK(call_text("extract_all", {text("(\\d+)"), text("none")}) == "null");
}

TEST_CASE("countof counts overlapping texts and separate matches") {
  CHECK(call_text("countof", {text("abc abc ab"), text("abc")}) == "2");
  CHECK(call_text("countof", {text("aaa"), text("aa")}) == "2");
  CHECK(call_text("countof", {text("aaaa"), text("a.|x"), text("regex")}) == "2");
}

TEST_CASE("emptiness and null are told apart") {
  CHECK(call_text("isempty", {text("")}) == "true");
  CHECK(call_text("isnull", {text("")}) == "false");
  CHECK(call_text("isempty", {Scalar::null(Type::kLong)}) == "true");
  CHECK(call_text("isempty", {dynamic("{}")}) == "false");
  CHECK(call_text("isempty", {dynamic("\"\"")}) == "true");
  CHECK(call_text("isnotnull", {Scalar::of(0.0)}) == "true");
}

TEST_CASE("choices have one type and take null for false") {
  CHECK(call_text("iff", {Scalar::null(Type::kBool), text("yes"), text("no")}) == "no");
  CHECK(call("iff", {Scalar::of(true), number(1), Scalar::of(2.5)}).type() == Type::kReal);
  CHECK(refusal("iff", {Scalar::of(true), number(1), text("a")}) ==
        "the values have no common type: long and string");
  CHECK(call_text("case", {Scalar::of(false), text("low"), Scalar::of(true), text("mid"),
                           text("high")}) == "mid");
  CHECK(call_text("coalesce", {Scalar::null(Type::kInt), number(42)}) == "42");
  CHECK(call_text("coalesce", {text(""), text("b")}) == "b");
  CHECK(call_text("min_of", {number(4), number(3), Scalar::of(1.0)}) == "1.0");
  CHECK(call_text("max_of", {Scalar::null(Type::kLong), number(3)}) == "3");
}

TEST_CASE("casts read what Kusto reads") {
  CHECK(call_text("tolong", {text("0xa0")}) == "160");
  CHECK(call_text("tolong", {text(" 5 ")}) == "5");
  CHECK(call_text("tolong", {text("")}) == "null");
  CHECK(call_text("toint", {Scalar::of(2.9)}) == "2");
  CHECK(call_text("toint", {number(3'000'000'000)}) == "null");
  CHECK(call_text("tolong", {Scalar::of(9.3e18)}) == "null");
  CHECK(call_text("tobool", {text("TRUE")}) == "true");
  CHECK(call_text("tostring", {Scalar::null(Type::kLong)}) == "");
  CHECK(call_text("toreal", {dynamic("\"1.5\"")}) == "1.5");
  CHECK(call_text("toguid", {text("0123456789abcdef0123456789abcdef")}) ==
        "01234567-89ab-cdef-0123-456789abcdef");
}
