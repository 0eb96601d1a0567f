#include "common/json/object_writer.h"

#include <doctest/doctest.h>

using quarry::json::ObjectWriter;

TEST_CASE("members stand in the order they were added, escaped") {
  ObjectWriter writer;
  writer.text("a\"", "x\n\xff").number("n", -5).boolean("b", true).raw("o", "{}").text_if("no", "");
  writer.raw_if("none", "");
  CHECK(writer.take() == "{\"a\\\"\":\"x\\n\xef\xbf\xbd\",\"n\":-5,\"b\":true,\"o\":{}}");
  CHECK(writer.take() == "{}");
}
