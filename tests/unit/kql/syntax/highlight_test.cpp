#include "common/kql/syntax/highlight.h"

#include "tests/unit/kql/syntax/parsed.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry::kql::syntax;

namespace {

/// One letter for each byte: k o f l s c n p e, blanks as they are.
std::string coloured(std::string_view text) {
  std::string letters(text.size(), ' ');
  std::uint32_t last = 0;
  for (const HighlightedSpan& each : highlight(text, test::operators())) {
    CHECK(each.span.start >= last);
    last = each.span.end();
    REQUIRE(last <= text.size());
    for (std::uint32_t i = each.span.start; i < last; ++i)
      letters[i] = "koflscnpe"[static_cast<std::size_t>(each.what)];
  }
  return letters;
}

}  // namespace

TEST_CASE("operators of pipelines are keywords, hyphens included") {
  CHECK(coloured("T | project-away a") == "n p kkkkkkkkkkkk n");
  CHECK(coloured("print a") == "kkkkk n");
  CHECK(coloured("T | make-series x") == "n p kkkkkkkkkkk n");
}

TEST_CASE("the same words are names elsewhere") {
  CHECK(coloured("T | where where == by") == "n p kkkkk nnnnn oo nn");
  CHECK(coloured("T | extend by = 1") == "n p kkkkkk nn o l");
  CHECK(coloured("print.x") == "nnnnnpn");
}

TEST_CASE("functions, literals, strings and comments") {
  CHECK(coloured("f(1, 'x') // c") == "fplp sssp cccc");
  CHECK(coloured("datetime(2024-01-01)") == std::string(20, 'l'));
  CHECK(coloured("a !has \"x\" and true") == "n oooo sss ooo llll");
  CHECK(coloured("a ? b") == "n e n");
}
