#include "common/kql/syntax/literals.h"
#include "common/time/ticks.h"
#include "tests/unit/kql/syntax/parsed.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>

using namespace quarry::kql::syntax;
using quarry::kql::syntax::test::expression;
using quarry::kql::syntax::test::literal;

namespace {

std::string text_of(std::string_view written) {
  Ast ast;
  const Literal& parsed = literal(written, ast);
  CHECK(parsed.literal == LiteralKind::kString);
  return parsed.text;
}

std::int64_t integer_of(std::string_view written, LiteralKind kind) {
  Ast ast;
  const Literal& parsed = literal(written, ast);
  CHECK(parsed.kind == ExpressionKind::kLiteral);
  CHECK(parsed.literal == kind);
  return parsed.integer;
}

double real_of(std::string_view written) {
  Ast ast;
  const Literal& parsed = literal(written, ast);
  CHECK(parsed.literal == LiteralKind::kReal);
  return parsed.real;
}

std::string json_of(std::string_view written) {
  std::size_t error_at = 0;
  return dynamic_to_json(written, error_at).value_or("broken at " + std::to_string(error_at));
}

}  // namespace

TEST_CASE("strings in all forms") {
  CHECK(text_of(R"("a\tb\\c\"d")") == "a\tb\\c\"d");
  CHECK(text_of(R"('it\'s "so"')") == "it's \"so\"");
  CHECK(text_of(R"(@"C:\temp\""x""")") == R"(C:\temp\"x")");
  CHECK(text_of("@'a''b\\'") == "a'b\\");
  CHECK(text_of("```two\nlines \\n ' \"```") == "two\nlines \\n ' \"");
  CHECK(text_of("~~~a ``` b~~~") == "a ``` b");
  CHECK(text_of("h\"secret\"") == "secret");
  CHECK(text_of("H@'se\\cret'") == "se\\cret");
  CHECK(text_of("h```x```") == "x");
  CHECK(text_of("\"one\" 'two'\n @\"\\three\"") == "onetwo\\three");
  CHECK(text_of(R"("\x41\u00e9\U0001F600\101")") == "Aé😀A");
  CHECK(text_of("''").empty());
}

TEST_CASE("broken strings are reported where they break") {
  CHECK(expression("\"abc") == "1:5 string is not closed");
  CHECK(expression("@'abc\nd'") == "1:6 string is not closed");
  CHECK(expression("'a\\qb'") == "1:3 unknown escape '\\q' in a string");
  CHECK(expression("'a\\x4'") == "1:3 an escape of 2 hexadecimal digits is cut short");
  CHECK(expression("```abc") == "1:1 multi-line string is not closed");
  CHECK(expression("'a\\") == "1:4 string is not closed");
}

TEST_CASE("numbers") {
  CHECK(integer_of("42", LiteralKind::kLong) == 42);
  CHECK(integer_of("0xFF", LiteralKind::kLong) == 255);
  CHECK(integer_of("0xffffffffffffffff", LiteralKind::kLong) == -1);
  CHECK(integer_of("int(7)", LiteralKind::kInt) == 7);
  CHECK(integer_of("long(-3)", LiteralKind::kLong) == -3);
  CHECK(integer_of("long(0x10)", LiteralKind::kLong) == 16);
  CHECK(real_of("1.5") == 1.5);
  CHECK(real_of("1.") == 1.0);
  CHECK(real_of("1e10") == 1e10);
  CHECK(real_of("2.5E-3") == 2.5e-3);
  CHECK(real_of("real(1)") == 1.0);
  CHECK(real_of("double(0.25)") == 0.25);
  CHECK(std::isnan(real_of("real(nan)")));
  CHECK(real_of("real(+inf)") == std::numeric_limits<double>::infinity());
  CHECK(real_of("real(-inf)") == -std::numeric_limits<double>::infinity());
  CHECK(expression("99999999999999999999") == "1:1 number does not fit into 64 bits");
  CHECK(expression("int(3000000000)") == "1:5 '3000000000' is not a int value");
  CHECK(expression("long(0xzz)") == "1:6 '0xzz' is not a long value");
  CHECK(expression("(1..2)") == "1:3 expected ')', found '..'");
}

TEST_CASE("timespans") {
  using quarry::kTicksPerDay;
  using quarry::kTicksPerHour;
  using quarry::kTicksPerMinute;
  using quarry::kTicksPerSecond;
  CHECK(integer_of("1d", LiteralKind::kTimespan) == kTicksPerDay);
  CHECK(integer_of("1.5h", LiteralKind::kTimespan) == 3 * kTicksPerHour / 2);
  CHECK(integer_of("30m", LiteralKind::kTimespan) == 30 * kTicksPerMinute);
  CHECK(integer_of("2min", LiteralKind::kTimespan) == 2 * kTicksPerMinute);
  CHECK(integer_of("10s", LiteralKind::kTimespan) == 10 * kTicksPerSecond);
  CHECK(integer_of("100ms", LiteralKind::kTimespan) == kTicksPerSecond / 10);
  CHECK(integer_of("1tick", LiteralKind::kTimespan) == 1);
  CHECK(integer_of("timespan(1.02:03:04.5)", LiteralKind::kTimespan) ==
        kTicksPerDay + 2 * kTicksPerHour + 3 * kTicksPerMinute + 4 * kTicksPerSecond +
            kTicksPerSecond / 2);
  CHECK(integer_of("time('2:00:00')", LiteralKind::kTimespan) == 2 * kTicksPerHour);
  CHECK(integer_of("timespan(15 seconds)", LiteralKind::kTimespan) == 15 * kTicksPerSecond);
  CHECK(integer_of("timespan(-1h)", LiteralKind::kTimespan) == -kTicksPerHour);
}

TEST_CASE("datetimes, and what Kusto lets pass as null") {
  const std::int64_t day = integer_of("datetime(2024-02-29)", LiteralKind::kDatetime);
  CHECK(integer_of("date(2024-02-29)", LiteralKind::kDatetime) == day);
  CHECK(integer_of("datetime(\"2024-02-29\")", LiteralKind::kDatetime) == day);
  CHECK(integer_of("datetime(2024, 2, 29)", LiteralKind::kDatetime) == day);
  CHECK(integer_of("datetime(2024-02-29\xE2\x80\xAF"
                   "01:00)",
                   LiteralKind::kDatetime) == day + quarry::kTicksPerHour);
  CHECK(expression("datetime(someday)") == "null");
  CHECK(expression("datetime(2024-01-01\n| take 1").find("expected ')'") != std::string::npos);
}

TEST_CASE("booleans, guids, decimals and typed nulls") {
  for (const char* written : {"true", "True", "TRUE", "bool(true)", "boolean(1)"})
    CHECK(expression(written) == "true");
  CHECK(expression("False") == "false");
  CHECK(expression("tRUE") == "tRUE");
  CHECK(expression("guid(74be27de-1e4e-49d9-b579-fe0b331d3642)") ==
        "74be27de-1e4e-49d9-b579-fe0b331d3642");
  CHECK(expression("a == 74be27de-1e4e-49d9-b579-fe0b331d3642") ==
        "(== a 74be27de-1e4e-49d9-b579-fe0b331d3642)");
  CHECK(expression("a74be27d-1e4e-49d9-b579-fe0b331d3642") ==
        "a74be27d-1e4e-49d9-b579-fe0b331d3642");
  CHECK(expression("guid(12)") == "1:6 '12' is not a guid value");
  CHECK(expression("decimal(1.25)") == "1.25");
  CHECK(expression("decimal(inf)") == "1:9 'inf' is not a decimal value");
  for (const char* type : {"bool", "int", "long", "real", "double", "decimal", "datetime",
                           "timespan", "guid", "dynamic"}) {
    CHECK(expression(std::string(type) + "(null)") == "null");
  }
}

TEST_CASE("dynamic values become strict JSON") {
  CHECK(json_of("[1, 'two', \"3\"]") == R"([1,"two","3"])");
  CHECK(json_of("{'a': {\"b\": [null, true, -1.5e3]}, \"c\": []}") ==
        R"({"a":{"b":[null,true,-1.5e3]},"c":[]})");
  CHECK(json_of("[1, 2, ]") == "[1,2]");
  CHECK(json_of("[@'C:\\x', h\"y\", 'a\"b']") == R"(["C:\\x","y","a\"b"])");
  CHECK(json_of("['a\\'b', '\\u0041', '\\x41']") == R"(["a'b","\u0041","\u0041"])");
  CHECK(json_of("// note\n [1 // one\n, 2]") == "[1,2]");
  CHECK(json_of("[.5, +5, 1., 0x10]") == "[0.5,5,1.0,16]");
  CHECK(json_of("[datetime(2024-01-01), 1d, int(5), long(null)]") ==
        R"(["2024-01-01T00:00:00.0000000Z","1.00:00:00",5,null])");
  CHECK(json_of("{'a': dynamic({}), 'b': dynamic([1, dynamic(2)])}") == R"({"a":{},"b":[1,2]})");
  CHECK(json_of("['a' 'b'\n'c', 'd']") == R"(["abc","d"])");
  CHECK(json_of("\"text\"") == "\"text\"");
  CHECK(json_of(std::string(100000, '[') + std::string(100000, ']')).size() == 200000);
}

TEST_CASE("what is no dynamic value is refused") {
  for (const char* written :
       {"", "[1 2]", "[1,,2]", "[", "]", "[}", "{'a'}", "{a: 1}", "{'a': }", "[1] 2", "hello",
        "['a]", "{'a':1 'b':2}", "dynamic(1 2)", "'\\u12'"}) {
    CAPTURE(written);
    CHECK(json_of(written).starts_with("broken at"));
  }
}
