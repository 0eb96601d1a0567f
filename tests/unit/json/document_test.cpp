#include "common/json/document.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::json;

TEST_CASE("a document answers what its text says, in its order") {
  const auto document =
      Document::parse(R"({"z":1,"a":[true,null,"x",2.5],"big":18446744073709551615})", "d");
  REQUIRE(document.has_value());
  const Node root = document->root();
  CHECK(root.is_object());
  CHECK(root.size() == 3);
  CHECK(root.key(0) == "z");
  CHECK(root.find("z").as_int64() == 1);
  CHECK(root.find("z").as_double() == 1.0);
  CHECK(root.find("big").as_int64() == std::nullopt);
  const Node list = root.find("a");
  CHECK(list[0].as_bool() == true);
  CHECK(list[1].is_null());
  CHECK(list[2].as_string() == "x");
  CHECK(list[2].as_int64() == std::nullopt);
  CHECK(list[3].as_double() == 2.5);
  CHECK(list[4].is_null());
  CHECK(root.find("absent").find("deeper")[3].is_null());
  CHECK(list.to_json() == R"([true,null,"x",2.5])");
}

TEST_CASE("a broken document says where") {
  const auto broken = Document::parse("{\n  \"a\": 1,\n}", "file.json");
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().file() == "file.json:3:1");
  CHECK_FALSE(Document::parse("", "empty").has_value());
}

TEST_CASE("a text nested without end is refused, brackets in strings do not count") {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const auto refused = Document::parse(deep, "body");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message() == "JSON nested deeper than 512 levels");
  const std::string edge = std::string(512, '[') + std::string(512, ']');
  CHECK(Document::parse(edge, "body")->root().to_json() == edge);
  CHECK(Document::parse("[\"\\\"" + std::string(600, '[') + "\"]", "body"));
}
