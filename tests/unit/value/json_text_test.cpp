#include "common/base/unicode.h"
#include "common/value/dynamic.h"

#include <doctest/doctest.h>

namespace quarry {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}
std::string decoded(std::string_view raw) {
  std::string out;
  decode_json_string(raw, out);
  return out;
}
std::string compact(std::string_view json) {
  std::string out;
  append_compact_json(out, json);
  return out;
}
std::string parsed(std::string_view text) {
  std::string out;
  append_parsed_json(out, text);
  return out;
}

const std::string kReplacement = "\xEF\xBF\xBD";

}  // namespace

TEST_CASE("JSON strings escape what RFC 8259 demands and nothing else") {
  CHECK(quoted("") == "\"\"");
  CHECK(quoted("plain / text \x7f") == "\"plain / text \x7f\"");
  CHECK(quoted("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
  CHECK(quoted(std::string_view("\0\x1f", 2)) == R"("\u0000\u001f")");
  CHECK(quoted("é 漢 😀") == "\"é 漢 😀\"");
}

TEST_CASE("bytes that are no UTF-8 become U+FFFD, one each") {
  CHECK(quoted("a\xff") == "\"a" + kReplacement + "\"");
  CHECK(quoted("\xe6\xbc") == "\"" + kReplacement + kReplacement + "\"");
  CHECK(quoted("\xe6\xbc\"") == "\"" + kReplacement + kReplacement + "\\\"\"");
  CHECK(quoted("é\x80é") == "\"é" + kReplacement + "é\"");
  CHECK(quoted("\xed\xa0\x80") == "\"" + kReplacement + kReplacement + kReplacement + "\"");
}

TEST_CASE("special bytes are found at every place of every length") {
  for (std::size_t length = 1; length <= 70; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string text(length, 'a');
      text[at] = '"';
      std::string expected = text;
      expected.insert(at, 1, '\\');
      CHECK(quoted(text) == "\"" + expected + "\"");
      text[at] = '\x01';
      CHECK(decoded(std::string_view(quoted(text)).substr(1, length + 5)) == text);
      text[at] = '\xff';
      CHECK(quoted(text) == "\"" + text.substr(0, at) + kReplacement + text.substr(at + 1) + "\"");
    }
  }
}

TEST_CASE("escapes are decoded, broken ones become U+FFFD") {
  CHECK(decoded(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
  CHECK(decoded(R"(\u0041\u00e9\u6F22\ud83d\uDE00)") == "Aé漢😀");
  CHECK(decoded(R"(\u0000x)") == std::string("\0x", 2));
  CHECK(decoded(R"(\ud83d)") == kReplacement);
  CHECK(decoded(R"(\ud83dx)") == kReplacement + "x");
  CHECK(decoded(R"(\ud83d\u0041)") == kReplacement + "A");
  CHECK(decoded(R"(\ude00\ud83d)") == kReplacement + kReplacement);
  CHECK(decoded(R"(\u12)") == kReplacement + "12");
  CHECK(decoded(R"(\uzzzz)") == kReplacement + "zzzz");
  CHECK(decoded(R"(\x)") == kReplacement);
  CHECK(decoded("a\\") == "a" + kReplacement);
}

TEST_CASE("valid JSON is told from the rest") {
  for (const std::string_view good :
       {"null", " true ", "0", "-1.5e+10", "\"\"", "[]", "{}", "[1,[2,{\"a\":[]}]]",
        "{\"a\":1,\"a\":2}", "\t[ 1 , 2 ]\r\n", "\"\\u00e9\\n\"", "\"é\""}) {
    CHECK(is_valid_json(good));
  }
  for (const std::string_view bad :
       {"",        " ",      "nul",        "01",          "1 2",       "[1,]",
        "[,]",     "[1 2]",  "[",          "]",           "[}",        "{\"a\":1]",
        "{\"a\"}", "{a:1}",  "{\"a\":1,}", "{,}",         "{1:2}",     "'a'",
        "\"a",     "\"\t\"", "\"\\x\"",    "\"\\u12g4\"", "\"\\u12",   "\"\xff\"",
        "[1]]",    "NaN",    "\"a\"\"b\"", "{\"a\"::1}",  "{\"a\" 1}", "1,",
        "\x01"}) {
    CHECK_FALSE(is_valid_json(bad));
  }
  CHECK_FALSE(is_valid_json(std::string_view("\0", 1)));
}

TEST_CASE("validity ends at the depth that was asked for") {
  CHECK(is_valid_json("[[1]]", 2));
  CHECK_FALSE(is_valid_json("[[[1]]]", 2));
  CHECK(is_valid_json("1", 0));
  CHECK_FALSE(is_valid_json("[]", 0));
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  CHECK_FALSE(is_valid_json(deep));
  CHECK(is_valid_json(deep, 100'000));
}

TEST_CASE("compact JSON loses blanks between tokens only") {
  CHECK(compact(" { \"a b\" :\n[ 1 ,\t2 ] } ") == "{\"a b\":[1,2]}");
  CHECK(compact("\"a \\\" b\"") == "\"a \\\" b\"");
  CHECK(compact("").empty());
  for (std::size_t padding = 0; padding < 150; ++padding) {
    const std::string text = "\"" + std::string(padding, 'x') + " \\\\\"";
    CHECK(compact("[ " + text + " , " + text + " ]") == "[" + text + "," + text + "]");
  }
}

TEST_CASE("parse_json keeps JSON and makes a string of anything else") {
  CHECK(parsed("[1, 2]") == "[1, 2]");
  CHECK(parsed(" \"abc\" ") == "\"abc\"");
  CHECK(parsed("") == "null");
  CHECK(parsed(" ") == "\" \"");
  CHECK(parsed("invalid") == "\"invalid\"");
  CHECK(parsed("{'a': 'b'}") == "\"{'a': 'b'}\"");
  CHECK(parsed("\"open") == "\"\\\"open\"");
}

}  // namespace quarry
