#include "tests/unit/kql/functions/call.h"

#include <doctest/doctest.h>

#include <limits>

using namespace quarry;
using namespace quarry::kql::test;

namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
const Scalar kNullLong = Scalar::null(Type::kLong);
const Scalar kNullBool = Scalar::null(Type::kBool);
const Scalar kDay = Scalar::of(Timespan{kTicksPerDay});

Scalar dynamic(std::string json) { return Scalar::dynamic(std::move(json)); }

}  // namespace

TEST_CASE("integers are added as long and wrap") {
  CHECK(call("+", {Scalar::of(std::int32_t{1}), Scalar::of(std::int32_t{2})}).type() ==
        Type::kLong);
  CHECK(call_text("+", {number(kMax), number(1)}) == std::to_string(kMin));
  CHECK(call_text("*", {number(2), Scalar::of(3.5)}) == "7.0");
  CHECK(call_text("-", {number(1), kNullLong}) == "null");
}

TEST_CASE("division by zero is null for integers and infinite for reals") {
  CHECK(call_text("/", {number(7), number(2)}) == "3");
  CHECK(call_text("/", {number(-7), number(2)}) == "-3");
  CHECK(call_text("/", {number(7), number(0)}) == "null");
  CHECK(call_text("/", {number(kMin), number(-1)}) == std::to_string(kMin));
  CHECK(call_text("/", {Scalar::of(1.0), Scalar::of(0.0)}) == "Infinity");
}

TEST_CASE("a remainder is never negative") {
  CHECK(call_text("%", {number(14), number(12)}) == "2");
  CHECK(call_text("%", {number(-14), number(12)}) == "10");
  CHECK(call_text("%", {number(14), number(-12)}) == "2");
  CHECK(call_text("%", {number(-14), number(-12)}) == "10");
  CHECK(call_text("%", {number(kMin), number(-1)}) == "0");
  CHECK(call_text("%", {number(1), number(0)}) == "null");
  CHECK(call_text("%", {Scalar::of(-1.5), number(2)}) == "0.5");
}

TEST_CASE("time is added, subtracted, scaled and divided") {
  const Scalar moment = Scalar::of(Datetime{kUnixEpochTicks});
  CHECK(call_text("+", {moment, kDay}) == "1970-01-02T00:00:00.0000000Z");
  CHECK(call_text("+", {kDay, moment}) == "1970-01-02T00:00:00.0000000Z");
  CHECK(call_text("-", {moment, moment}) == "00:00:00");
  CHECK(call_text("-", {moment, Scalar::of(Timespan{kMax})}) == "null");
  CHECK(call_text("*", {number(10), kDay}) == "10.00:00:00");
  CHECK(call_text("*", {Scalar::of(0.5), kDay}) == "12:00:00");
  CHECK(call_text("/", {kDay, Scalar::of(Timespan{kTicksPerHour})}) == "24.0");
  CHECK(call_text("/", {kDay, number(2)}) == "12:00:00");
  CHECK(call_text("%", {Scalar::of(Timespan{25 * kTicksPerHour}),
                        Scalar::of(Timespan{7 * kTicksPerHour})}) == "04:00:00");
  CHECK(call_text("negate", {kDay}) == "-1.00:00:00");
}

TEST_CASE("dynamic takes the type of the other side") {
  CHECK(call("+", {dynamic("5"), number(1)}).type() == Type::kLong);
  CHECK(call_text("+", {dynamic("5"), number(1)}) == "6");
  CHECK(call_text("+", {dynamic("\"x\""), number(1)}) == "null");
  CHECK(call_text("*", {dynamic("1.5"), dynamic("2")}) == "3.0");
  CHECK(call_text("negate", {dynamic("5")}) == "-5");
  CHECK(call_text("-", {Scalar::of(Datetime{kUnixEpochTicks}), dynamic("\"1970-01-01\"")}) ==
        "00:00:00");
}

TEST_CASE("what has no arithmetic is refused in words") {
  CHECK(refusal("+", {text("a"), number(1)}) ==
        "the operator '+' is not defined for string and long");
  CHECK(refusal("*", {Scalar::of(true), number(1)}) ==
        "the operator '*' is not defined for bool and long");
  CHECK(refusal("negate", {text("a")}) == "the operator '-' is not defined for string");
}

TEST_CASE("equality knows three cases of null") {
  CHECK(call_text("==", {kNullLong, number(5)}) == "false");
  CHECK(call_text("!=", {kNullLong, number(5)}) == "true");
  CHECK(call_text("==", {kNullLong, kNullLong}) == "null");
  CHECK(call_text("!=", {kNullLong, kNullLong}) == "null");
  CHECK(call_text("<", {kNullLong, number(5)}) == "null");
}

TEST_CASE("unlike types are compared where one can be read as the other") {
  CHECK(call_text("==", {Scalar::of(std::int32_t{5}), Scalar::of(5.0)}) == "true");
  CHECK(call_text("==", {text("5"), number(5)}) == "true");
  CHECK(call_text(">", {text("1970-01-02"), Scalar::of(Datetime{kUnixEpochTicks})}) == "true");
  CHECK(call_text("==", {dynamic("\"x\""), text("x")}) == "true");
  CHECK(call_text("==", {dynamic("5"), number(5)}) == "true");
  CHECK(call_text("==", {Scalar::of(true), number(1)}) == "true");
  CHECK(refusal("<", {kDay, number(5)}) == "the operator '<' is not defined for timespan and long");
}

TEST_CASE("texts compare byte by byte") {
  CHECK(call_text("<", {text("B"), text("a")}) == "true");
  CHECK(call_text("==", {text("a text that is long"), text("a text that is long")}) == "true");
  CHECK(call_text("==", {text("a text that is long"), text("a text that is lonG")}) == "false");
}

TEST_CASE("and, or, not know null") {
  const Scalar yes = Scalar::of(true);
  const Scalar no = Scalar::of(false);
  CHECK(call_text("and", {kNullBool, no}) == "false");
  CHECK(call_text("and", {kNullBool, yes}) == "null");
  CHECK(call_text("or", {kNullBool, yes}) == "true");
  CHECK(call_text("or", {kNullBool, no}) == "null");
  CHECK(call_text("and", {yes, yes}) == "true");
  CHECK(call_text("or", {no, no}) == "false");
  CHECK(call_text("not", {kNullBool}) == "null");
}

TEST_CASE("in takes scalars and arrays, and values of other types") {
  CHECK(call_text("in", {text("b"), text("a"), text("B")}) == "false");
  CHECK(call_text("in~", {text("b"), text("a"), text("B")}) == "true");
  CHECK(call_text("in~", {text("\u00C4RGER"), text("\u00E4rger")}) == "true");
  CHECK(call_text("in", {text("c"), text("a"), dynamic(R"(["b","c"])")}) == "true");
  CHECK(call_text("in", {number(3), number(1), number(2), number(3)}) == "true");
  CHECK(call_text("in", {number(2), Scalar::of(2.5)}) == "false");
  CHECK(call_text("in", {number(2), dynamic("[2.5]")}) == "false");
  CHECK(call_text("in", {number(2), dynamic("[2.0]")}) == "true");
  CHECK(call_text("in", {dynamic("\"x\""), text("x")}) == "true");
  CHECK(call_text("in", {dynamic("7"), dynamic("[7,8]")}) == "true");
  CHECK(call_text("in", {kNullLong, number(1)}) == "false");
  CHECK(call_text("!in", {kNullLong, number(1)}) == "true");
  CHECK(call_text("in", {text("x")}) == "false");
  CHECK(call_text("!in", {text("x"), dynamic("[]")}) == "true");
}

TEST_CASE("in looks at values that differ from row to row") {
  const std::vector<Column> arguments{text_column({"a", "b", "c"}), text_column({"x", "b", "C"})};
  const Column plain = call_columns("in", arguments, {false, false});
  const Column folded = call_columns("in~", arguments, {false, false});
  const Cells<Type::kBool> is_in(plain);
  const Cells<Type::kBool> is_in_folded(folded);
  CHECK_FALSE(is_in[0]);
  CHECK(is_in[1]);
  CHECK_FALSE(is_in[2]);
  CHECK(is_in_folded[2]);
}

TEST_CASE("has_any and has_all look for whole terms") {
  const Scalar line = text("cmd.exe /c whoami");
  CHECK(call_text("has_any", {line, text("powershell"), text("whoami")}) == "true");
  CHECK(call_text("has_any", {line, text("who"), text("power")}) == "false");
  CHECK(call_text("has_any", {line, dynamic(R"(["CMD"])")}) == "true");
  CHECK(call_text("has_all", {line, text("cmd"), text("WHOAMI")}) == "true");
  CHECK(call_text("has_all", {line, text("cmd"), text("who")}) == "false");
  CHECK(call_text("has_any", {line, text("a"), text("b"), text("c"), text("d"), text("e"),
                              text("f"), text("g")}) == "true");
  CHECK(call_text("has_any", {text("C\u00E9"), text("a"), text("b"), text("c"), text("d"),
                              text("e"), text("f"), text("g")}) == "false");
  CHECK(call_text("has_any", {line, dynamic("[]")}) == "false");
}

TEST_CASE("has_any finds the same in one pass over the terms as word by word") {
  const std::vector<std::string> words{"alpha", "b",       "c12",  "delta",
                                       "echo",  "foxtrot", "golf", "hotel"};
  std::vector<Scalar> arguments;
  std::string padding;
  for (std::size_t length = 0; length < 150; ++length, padding += length % 7 == 0 ? ' ' : 'x') {
    for (const std::string& tail : {std::string("alpha"), std::string("GOLF."), std::string(" b"),
                                    std::string("_c12_"), std::string(" bb")}) {
      arguments = {text(padding + tail)};
      std::string expected = "false";
      for (const std::string& word : words) {
        if (call_text("has", {arguments[0], text(word)}) == "true") expected = "true";
      }
      for (const std::string& word : words) arguments.push_back(text(word));
      INFO(padding, tail);
      CHECK(call_text("has_any", arguments) == expected);
    }
  }
}
