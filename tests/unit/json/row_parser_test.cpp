#include "common/json/row_parser.h"

#include <doctest/doctest.h>

using namespace quarry::json;

namespace {

struct Parsed {
  bool sound = false;
  std::vector<std::string> values;  // "-" where absent
  std::string problem;
  std::size_t offset = 0;
};

Parsed parse(RowParser& parser, std::string text, Tail tail = Tail::kBlank) {
  const std::size_t size = text.size();
  text.append(kScanPadding, '}');
  Parsed result;
  result.sound = parser.parse(std::string_view(text).substr(0, size), tail);
  if (!result.sound) {
    result.problem = parser.problem().what;
    result.offset = parser.problem().offset;
    return result;
  }
  for (const RawValue& value : parser.values())
    result.values.push_back(value.kind == TokenKind::kAbsent ? "-" : std::string(value.text()));
  return result;
}

Parsed parse(const std::vector<std::string>& keys, const std::string& text) {
  RowParser parser(keys);
  return parse(parser, text);
}

using Values = std::vector<std::string>;

}  // namespace

TEST_CASE("wanted values are found whatever the order of the keys") {
  RowParser parser(
      Values{"b", "long key that does not fit into one chunk of thirty-two bytes", "c"});
  CHECK(parse(parser, R"({"a":1,"b":"x","c":[1,{"b":2}]})").values ==
        Values{"x", "-", R"([1,{"b":2}])"});
  CHECK(
      parse(
          parser,
          R"({"c":null,"long key that does not fit into one chunk of thirty-two bytes":5,"b":true})")
          .values == Values{"true", "5", "null"});
  CHECK(parse(parser,
              R"({"c":1,"long key that does not fit into one chunk of thirty-two bytez":5,"b":2})")
            .values == Values{"2", "-", "1"});
  CHECK(parse(parser, R"({ "a" : { "b" : 1 } , "b" : -1.5e3 })").values ==
        Values{"-1.5e3", "-", "-"});
  CHECK(parse(parser, "{}").values == Values{"-", "-", "-"});
}

TEST_CASE("malformed objects are told with what and where") {
  CHECK(parse({"b"}, R"({"a":1 "b":2})").problem == "expected ',' or '}'");
  CHECK(parse({"b"}, R"({"a":1 "b":2})").offset == 7);
  CHECK(parse({"b"}, R"({"a":1,})").problem == "expected a key in quotes");
  CHECK(parse({"b"}, R"({"a" 1})").problem == "expected ':'");
  CHECK(parse({"b"}, R"({"b":01})").problem == "not a JSON value");
  CHECK(parse({"b"}, R"({"b":})").problem == "missing value");
  CHECK(parse({"b"}, R"({"a":})").problem == "unfinished or missing value");
  CHECK(parse({"b"}, R"({"b":"x)").problem == "unfinished string");
  CHECK(parse({"b"}, R"({"a":"x)").problem == "unfinished or missing value");
  CHECK(parse({"b"}, R"({"b":[1,}]})").problem == "broken or too deeply nested object or array");
  CHECK(parse({"b"}, R"({"a":1} x)").problem == "expected the end of the line");
  CHECK(parse({"b"}, "{\"b\":\"a\tb\"}").problem == "control character in a string");
  CHECK(parse({"b"}, "{\"b\":\"\xc3\"}").problem == "invalid UTF-8");
  CHECK(parse({"b"}, "{\"a\xff\":1}").problem == "invalid UTF-8 in a key");
  CHECK_FALSE(parse({"b"}, R"([1])").sound);
  CHECK_FALSE(parse({"b"}, R"({)").sound);
  CHECK_FALSE(parse({"b"}, R"({"b")").sound);
}

TEST_CASE("the pass stops behind the last wanted key") {
  CHECK(parse({"a"}, R"({"a":1,rubbish)").sound);
}

TEST_CASE("an open last value takes the rest of the text") {
  RowParser parser(Values{"category", "properties"});
  parser.leave_open(1);
  CHECK(parse(parser, R"({"category":"c","properties":{"a":1},"x":2})").values ==
        Values{"c", R"({"a":1},"x":2})"});
  CHECK(parse(parser, R"({"properties":{"a":1},"x":2,"category":"c"})").values ==
        Values{"c", R"({"a":1})"});
}

TEST_CASE("made-up keys do not confuse the order that was learned") {
  RowParser parser(Values{"z"});
  for (int i = 0; i < 6000; ++i) {
    CHECK(parse(parser, "{\"k" + std::to_string(i) + "\":1,\"z\":" + std::to_string(i) + "}")
              .values == Values{std::to_string(i)});
  }
}

TEST_CASE("numbers follow RFC 8259") {
  for (const char* good : {"0", "-0", "12", "1.5", "1e5", "1E-5", "-1.25e+10"})
    CHECK(is_json_number(good));
  for (const char* bad : {"", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x1", "1 ", "NaN"})
    CHECK_FALSE(is_json_number(bad));
}
