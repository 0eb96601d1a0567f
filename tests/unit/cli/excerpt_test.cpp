#include "common/cli/excerpt.h"

#include "common/base/unicode.h"

#include <doctest/doctest.h>

namespace quarry::cli {
namespace {

TEST_CASE("carets stand below the place, counted in columns") {
  const std::string_view text = "T\n| where x == \"\u65e5\u672c\" and y";
  const auto start = static_cast<std::uint32_t>(text.find("and"));
  const Excerpt excerpt = make_excerpt(text, {start, 3}, 80);
  CHECK(excerpt.line == "| where x == \"\u65e5\u672c\" and y");
  CHECK(excerpt.at.line == 2);
  CHECK(excerpt.at.column == 19);
  CHECK(excerpt.indent == 20);  // two wide characters before
  CHECK(excerpt.carets == 3);
}

TEST_CASE("tabs and control characters take the columns they are shown with") {
  const Excerpt excerpt = make_excerpt("\t\x1b[1m x", {6, 1}, 80);
  CHECK(excerpt.line == "    \\x1b[1m x");
  CHECK(excerpt.indent == 12);
}

TEST_CASE("the end of the text, an empty text and a line end get one caret") {
  CHECK(make_excerpt("T |", {3, 0}, 80).indent == 3);
  CHECK(make_excerpt("", {0, 0}, 80).carets == 1);
  const Excerpt at_line_end = make_excerpt("a\r\nb", {1, 2}, 80);
  CHECK(at_line_end.line == "a");
  CHECK(at_line_end.indent == 1);
  CHECK(make_excerpt("a", {900, 5}, 80).at.column == 2);
}

TEST_CASE("a span over several lines is underlined to the end of the first") {
  const Excerpt excerpt = make_excerpt("ab cd\nef", {3, 5}, 80);
  CHECK(excerpt.line == "ab cd");
  CHECK(excerpt.carets == 2);
}

TEST_CASE("of a long line a window around the place is shown") {
  const std::string text = std::string(500, 'a') + "HERE" + std::string(500, 'b');
  const Excerpt excerpt = make_excerpt(text, {500, 4}, 100);
  CHECK(unicode::display_width(excerpt.line) == 100);
  CHECK(excerpt.at.column == 501);
  // "…" is three bytes and one column.
  CHECK(excerpt.line.substr(excerpt.indent + 2, 4) == "HERE");
  CHECK(excerpt.carets == 4);
  const Excerpt long_span = make_excerpt(text, {500, 400}, 100);
  CHECK(long_span.indent + long_span.carets <= 100);
}

}  // namespace
}  // namespace quarry::cli
