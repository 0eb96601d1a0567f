#include "common/cli/fold.h"

#include <doctest/doctest.h>

namespace quarry::cli {
namespace {

TEST_CASE("text is folded at blanks, long words stay whole, empty lines stay") {
  CHECK(fold("one two three", 2, 9) == "  one two\n  three\n");
  CHECK(fold("a incomprehensible b", 0, 5) == "a\nincomprehensible\nb\n");
  CHECK(fold("a\n\nb\nc", 0, 80) == "a\n\nb c\n");
  CHECK(fold("", 4, 80).empty());
}

TEST_CASE("two columns share a line where the left one fits") {
  CHECK(two_columns("-x", "text that folds", 2, 8, 18) == "  -x    text that\n        folds\n");
  CHECK(two_columns("--long-one", "text", 2, 8, 40) == "  --long-one\n        text\n");
  CHECK(two_columns("-x", "", 2, 8, 40) == "  -x\n");
}

TEST_CASE("what is cut ends in an ellipsis, wide characters count twice") {
  CHECK(cut_to_width("abcdef", 6) == "abcdef");
  CHECK(cut_to_width("abcdef", 5) == "abcd…");
  CHECK(cut_to_width("日本語", 5) == "日本…");
  CHECK(cut_to_width("日本語", 4) == "日…");
  CHECK(cut_to_width("ab", 1) == "…");
}

}  // namespace
}  // namespace quarry::cli
