#include "common/json/element_stream.h"

#include <doctest/doctest.h>

#include <vector>

using namespace quarry;
using namespace quarry::json;

namespace {

struct Stream {
  std::vector<std::string> elements;
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint64_t> lines;
  std::string error;
};

Stream cut(std::string_view text, std::size_t piece, std::size_t max_element = 1 << 20) {
  Stream result;
  ElementStream stream(max_element);
  const auto take = [&](const Element& element) -> Result<bool> {
    result.elements.emplace_back(element.text);
    result.offsets.push_back(element.offset);
    result.lines.push_back(element.line);
    return true;
  };
  for (std::size_t at = 0; at < text.size(); at += piece) {
    if (auto fed = stream.feed(text.substr(at, piece), take); !fed) {
      result.error = fed.error().message();
      return result;
    }
  }
  if (auto done = stream.finish(take); !done) result.error = done.error().message();
  return result;
}

using Elements = std::vector<std::string>;

void check(std::string_view text, const Elements& expected) {
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{100000}}) {
    const Stream stream = cut(text, piece);
    CHECK(stream.elements == expected);
    CHECK(stream.error.empty());
    for (std::size_t i = 0; i < stream.elements.size(); ++i)
      CHECK(text.substr(stream.offsets[i], stream.elements[i].size()) == stream.elements[i]);
  }
}

}  // namespace

TEST_CASE("elements of arrays, wrapped lists and plain documents, however the bytes arrive") {
  check("[]", {});
  check(R"([{"a":1}, [2] ,"x]",-12.5,true])", {R"({"a":1})", "[2]", R"("x]")", "-12.5", "true"});
  check(R"({"@odata.context":"u","value":[{"a":1},{"a":"]}"}],"@odata.nextLink":"n"})",
        {R"({"a":1})", R"({"a":"]}"})"});
  check(R"({"records":[{"a":1}]}{"records":[]} {"a":2})", {R"({"a":1})", R"({"a":2})"});
  check("{\"more\":true,\"objects\":[{\"id\":1}]}", {R"({"id":1})"});
  check(R"({"tables":1,"Rows":[[1,2],[3,4]]})", {"[1,2]", "[3,4]"});
  check(R"({"a":1,"value":[1,2]})", {R"({"a":1,"value":[1,2]})"});
  check("{\n \"a\": {\"value\": [{}]}\n}\n[1]", {"{\n \"a\": {\"value\": [{}]}\n}", "1"});
  check("42", {"42"});
  check(" \n ", {});
}

TEST_CASE("elements know their lines") {
  CHECK(cut("[\n1,\n\n2]", 3).lines == std::vector<std::uint64_t>{2, 4});
}

TEST_CASE("broken documents end with an error, after what came before") {
  CHECK(cut("[1,2", 2).elements == Elements{"1", "2"});
  CHECK(cut("[1,2", 2).error.find("the document ends early") != std::string::npos);
  CHECK(cut("[1 2]", 2).error.find("expected ',' or ']'") != std::string::npos);
  CHECK(cut("[1,]", 2).error.find("expected a value") != std::string::npos);
  CHECK(cut("{1}", 2).error.find("expected a key") != std::string::npos);
  CHECK(cut("[\"" + std::string(5000, 'x'), 100, 1000).error.find("longer than --max-line") !=
        std::string::npos);
}

TEST_CASE("members beside the list are told, wherever they stand and however the bytes arrive") {
  const std::string text = R"({"more":true,"objects":[{"more":1},2],"next":"a=b"} {"n":[{"x":1}]})";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    json::ElementStream stream;
    std::string told;
    stream.watch_members([&told](std::string_view key, std::string_view value) {
      told += std::string(key) + "=" + std::string(value) + ";";
    });
    const auto take = [](const json::Element&) -> Result<bool> { return true; };
    for (std::size_t at = 0; at < text.size(); at += step)
      REQUIRE(stream.feed(std::string_view(text).substr(at, step), take));
    REQUIRE(stream.finish(take));
    CHECK(told == R"(more=true;next="a=b";n=[{"x":1}];)");
  }
}

TEST_CASE("the taker may have enough") {
  ElementStream stream;
  int taken = 0;
  const auto take = [&](const Element&) -> Result<bool> { return ++taken < 2; };
  CHECK(stream.feed("[1,2,3,4]", take).value() == false);
  CHECK(taken == 2);
}
