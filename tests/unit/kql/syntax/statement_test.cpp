#include "tests/unit/kql/syntax/parsed.h"

#include <doctest/doctest.h>

using quarry::kql::syntax::test::Parsed;

namespace {

std::string statements(std::string_view text) {
  const Parsed parsed(text);
  return parsed.errors.empty() ? parsed.shown : parsed.errors.front();
}

}  // namespace

TEST_CASE("let binds values, tables and functions") {
  CHECK(statements("let x = 1; let y = x + 1; T | take y") ==
        "let x 1; let y (+ x 1); (pipe T (take y))");
  CHECK(statements("let T = U | where a; T") == "let T (pipe U (where a)); T");
  CHECK(statements("let T = materialize(U | take 1); T") ==
        "let T (materialize() (pipe U (take 1))); T");
  CHECK(statements("let T = datatable(a:long, b:string) [1, 'x', 2, 'y',]; T") ==
        "let T (datatable 2 1 \"x\" 2 \"y\"); T");
  CHECK(statements("let T = union A, B; T") == "let T (pipe _ (union A B)); T");
  CHECK(statements("let ['odd name'] = 1; T") == "let odd name 1; T");
  CHECK(statements("let f = (a:long, b:string = 'x') { a + strlen(b) }; f(1)") ==
        "let f(a:long, b:string=\"x\") { (+ a (strlen() b)) }; (f() 1)");
  CHECK(statements("let f = (T:(a:string, b:long), U:(*)) { T | take 1 }; f(X, Y)") ==
        "let f(T:table2, U:table0*) { (pipe T (take 1)) }; (f() X Y)");
  CHECK(statements("let f = (T:(a:string, *)) { let n = 1; T | take n; }; f(X)") ==
        "let f(T:table1*) { let n 1; (pipe T (take n)) }; (f() X)");
  CHECK(statements("let f = view () { T }; f") == "let view f() { T }; f");
  CHECK(statements("let f = () { 1 }; print f()") == "let f() { 1 }; (pipe _ (print (f())))");
}

TEST_CASE("other statements") {
  CHECK(statements("set querytrace; set x = 5; T") == "set querytrace; set x; T");
  CHECK(statements("declare query_parameters(a:long = 1, b:string); T") ==
        "declare query_parameters(a:long=1, b:string); T");
  CHECK(statements(
            "declare pattern p = (a:string)[b:string] { ('x').['y'] = { T | take 1; }; }; T") ==
        "declare pattern(); T");
  CHECK(statements("alias database d = cluster('c').database('d'); T") == "alias database(); T");
  CHECK(statements("restrict access to (A, B*); T") == "restrict access(); T");
}

TEST_CASE("queries are separated by semicolons only") {
  CHECK(statements("A;\n\nB | take 1;;\n// end\n") == "A; (pipe B (take 1))");
  CHECK(statements("").empty());
  CHECK(statements(" // only a comment").empty());
  CHECK(statements("A\n\nB") == "1:2 expected ';' before 'B'");
}

TEST_CASE("a query may begin with an operator or a pipe") {
  CHECK(statements("where a == 1 | take 5") == "(pipe _ (where (== a 1)) (take 5))");
  CHECK(statements("| where a | take 5") == "(pipe _ (where a) (take 5))");
  CHECK(statements("print 1, b = 2") == "(pipe _ (print 1 (= b 2)))");
  CHECK(statements("(T | take 1) | take 2") == "(pipe (pipe T (take 1)) (take 2))");
}

TEST_CASE("tables stand inside operators") {
  CHECK(statements("T | join kind=inner (U | where b) on a") ==
        "(pipe T (join (pipe U (where b)) a))");
  CHECK(statements("T | join U on $left.a == $right.b") ==
        "(pipe T (join U (== (. $left a) (. $right b))))");
  CHECK(statements("union isfuzzy=true A, (B | take 1), C*") ==
        "(pipe _ (union A (pipe B (take 1)) C*))");
  CHECK(statements("externaldata(a:string, b:long) [@'https://x/y', h'z'] with (format='csv', "
                   "ignoreFirstRecord=true) | take 1") ==
        "(pipe (externaldata 2 \"https://x/y\" \"z\" with 2) (take 1))");
}

TEST_CASE("lines that begin with # belong to other tools") {
  CHECK(statements("#connect cluster('c')\nT") == "T");
  CHECK(statements("  ## note\nT | take 1") == "(pipe T (take 1))");
  CHECK(statements("T | take #1").find("unexpected character '#'") != std::string::npos);
}

TEST_CASE("blanks of any kind separate") {
  CHECK(statements("\xEF\xBB\xBFT\xC2\xA0|\xE2\x80\xAFtake\xE3\x80\x80"
                   "1") == "(pipe T (take 1))");
}
