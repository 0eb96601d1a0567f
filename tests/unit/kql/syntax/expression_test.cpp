#include "tests/unit/kql/syntax/parsed.h"

#include <doctest/doctest.h>

using quarry::kql::syntax::test::errors;
using quarry::kql::syntax::test::expression;
using quarry::kql::syntax::test::Parsed;

TEST_CASE("operators bind as in Kusto: sign, text, product, sum, order, equality, and, or") {
  CHECK(expression("a + b * c") == "(+ a (* b c))");
  CHECK(expression("a - b - c") == "(- (- a b) c)");
  CHECK(expression("-a * -b") == "(* (neg a) (neg b))");
  CHECK(expression("a or b and c") == "(or a (and b c))");
  CHECK(expression("a < b == c > d") == "(== (< a b) (> c d))");
  CHECK(expression("a + 1 > b / 2 and c") == "(and (> (+ a 1) (/ b 2)) c)");
  CHECK(expression("a + b has c") == "(+ a (has b c))");
  CHECK(expression("(a + b) has c") == "(has (+ a b) c)");
  CHECK(expression("a % 2 == 0") == "(== (% a 2) 0)");
}

TEST_CASE("a second comparison on the same level is refused") {
  CHECK(expression("a == b == c") == "1:8 expected ';' before '=='");
  CHECK(expression("a < b < c") == "1:7 expected ';' before '<'");
}

TEST_CASE("text operators in all spellings") {
  for (const char* op :
       {"has", "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "contains",
        "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs"}) {
    CAPTURE(op);
    CHECK(expression(std::string("a ") + op + " 'x'") == std::string("(") + op + " a \"x\")");
    CHECK(expression(std::string("a !") + op + " 'x'") == std::string("(!") + op + " a \"x\")");
  }
  CHECK(expression("a =~ 'x'") == "(=~ a \"x\")");
  CHECK(expression("a !~ 'x'") == "(!~ a \"x\")");
  CHECK(expression("a <> 'x'") == "(!= a \"x\")");
  CHECK(expression("a matches regex 'x'") == "(matches regex a \"x\")");
  CHECK(expression("a notcontains 'x'") == "(!contains a \"x\")");
  CHECK(expression("* has 'x'") == "(has * \"x\")");
  CHECK(expression("T | where a = 1") == "1:13 '=' gives a name, it does not compare");
}

TEST_CASE("lists stand in parentheses") {
  CHECK(expression("a in (1, 2)") == "(in a 1 2)");
  CHECK(expression("a !in~ ('x')") == "(!in~ a \"x\")");
  CHECK(expression("a in~('x')") == "(in~ a \"x\")");
  CHECK(expression("a has_any ('x', b) and c") == "(and (has_any a \"x\" b) c)");
  CHECK(expression("a has_all (b)") == "(has_all a b)");
  CHECK(expression("a in (T | where x)") == "(in a (pipe T (where x)))");
  CHECK(expression("a in ((T | where x))") == "(in a (pipe T (where x)))");
  CHECK(expression("a in b") == "1:6 expected '(' behind in");
  CHECK(expression("a in (1, )") == "1:9 expected an expression, found ')'");
}

TEST_CASE("between takes two bounds") {
  CHECK(expression("a between (1 .. b + 1)") == "(between a 1 (+ b 1))");
  CHECK(expression("a !between (ago(1d)..now())") ==
        "(!between a (ago() 864000000000ticks) (now()))");
  CHECK(expression("a between (1, 2)") == "1:13 expected '..' between the two bounds, found ','");
}

TEST_CASE("members and elements") {
  CHECK(expression("a.b.c") == "(. (. a b) c)");
  CHECK(expression("a['x']") == "([] a \"x\")");
  CHECK(expression("a[0][-1].b") == "(. ([] ([] a 0) (neg 1)) b)");
  CHECK(expression("a.['odd name'].b") == "(. (. a odd name) b)");
  CHECK(expression("a.[0].b") == "(. ([] a 0) b)");
  CHECK(expression("f(x).y[z]") == "([] (. (f() x) y) z)");
  CHECK(expression("['odd name'] == [\"other\"]") == "(== odd name other)");
  CHECK(expression("database('d').T") == "(. (database() \"d\") T)");
}

TEST_CASE("calls take expressions, names for them, and tables where they must") {
  CHECK(expression("f()") == "(f())");
  CHECK(expression("f(a, b = c + 1, *)") == "(f() a (= b (+ c 1)) *)");
  CHECK(expression("toscalar(T | take 1)") == "(toscalar() (pipe T (take 1)))");
  CHECK(expression("f((T | take 1))") == "(f() (pipe T (take 1)))");
  CHECK(expression("f(T | take 1)") == "1:5 expected ')' at the end of the arguments, found '|'");
  CHECK(expression("f(a,)") == "1:5 expected an expression, found ')'");
  CHECK(expression("not(a) and count()") == "(and (not() a) (count()))");
}

TEST_CASE("words are no keywords where a name is meant") {
  CHECK(expression("type == kind and by == on or title in (range)") ==
        "(or (and (== type kind) (== by on)) (in title range))");
  CHECK(expression("where == 1") == "(== where 1)");
  CHECK(expression("T | extend count = 1, where = 2, extend = 3") ==
        "(pipe T (extend (= count 1) (= where 2) (= extend 3)))");
  CHECK(expression("T | extend (a, ['b c']) = f(), d = 1") ==
        "(pipe T (extend (= a,b c (f())) (= d 1)))");
}

TEST_CASE("names may be of any language, begin with digits or underscores, and hold wildcards") {
  CHECK(expression("größe > 日本") == "(> größe 日本)");
  CHECK(expression("_x + $left.y + 4624_count") == "(+ (+ _x (. $left y)) 4624_count)");
  CHECK(expression("T | project-away Device*, *Id, *1, a_*_b, *") ==
        "(pipe T (project-away Device* *Id *1 a_*_b *))");
  CHECK(expression("union Device*, X") == "(pipe _ (union Device* X))");
}

TEST_CASE("long chains cost no depth, nesting is limited") {
  std::string chain = "a == 0";
  for (int i = 1; i < 5000; ++i) chain += " or a == " + std::to_string(i) + " + 1 and b";
  quarry::Diagnostics diagnostics;  // the tree is not shown: that would recurse along the chain
  quarry::kql::syntax::Ast ast;
  quarry::kql::syntax::parse(chain, quarry::kql::syntax::test::operators(), diagnostics, ast);
  CHECK_FALSE(diagnostics.has_errors());

  const auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '(') + "1" +
           std::string(static_cast<std::size_t>(levels), ')');
  };
  CHECK(expression(nested(150)) == "1");
  for (const std::string& text : {nested(100000), std::string(100000, '('),
                                  std::string(100000, '-'), std::string(100000, '[')}) {
    CHECK(Parsed(text).errors.size() >= 1);
  }
  CHECK(errors(nested(1000)) == "1:199 expression is nested too deeply");
}

TEST_CASE("every other kind of nesting is limited too") {
  const auto repeat = [](std::string_view text) {
    std::string all;
    for (int i = 0; i < 20000; ++i) all += text;
    return all;
  };
  for (const std::string_view piece :
       {"f(", "a[", "T | join (", "union (", "let f = () { ", "x in (", "x between (",
        "print a = (", "toscalar(", "not((", "a.b(", "a.", "a[0].", "[0]"}) {
    CAPTURE(piece);
    CHECK_FALSE(Parsed(repeat(piece)).errors.empty());
  }
}
