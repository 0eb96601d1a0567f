#include "common/cli/safe_text.h"

#include <doctest/doctest.h>

using quarry::cli::safe_text;

TEST_CASE("text for people keeps its lines and drives no terminal") {
  CHECK(safe_text("a\tb\nc\n") == "a\tb\nc\n");
  CHECK(safe_text("\n\n") == "\n\n");
  CHECK(safe_text("") == "");
  CHECK(safe_text("block 'x\x1b[2J\a'\n") == "block 'x\\x1b[2J\\x07'\n");
  CHECK(safe_text("gr\xc3\xbc\xc3\x9f \xff\n") == "gr\xc3\xbc\xc3\x9f \\xff\n");
}
