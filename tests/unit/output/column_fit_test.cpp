#include "common/output/column_fit.h"

#include <doctest/doctest.h>

#include <random>

namespace quarry::output {
namespace {

std::size_t total(const ColumnFit& fit) {
  std::size_t sum = 0;
  for (const FittedColumn& column : fit.shown) sum += column.width + kColumnGap;
  return sum - kColumnGap;
}

std::vector<std::size_t> widths(const ColumnFit& fit) {
  std::vector<std::size_t> all;
  for (const FittedColumn& column : fit.shown) all.push_back(column.width);
  return all;
}

using Widths = std::vector<std::size_t>;

const ColumnNeed kTime{.name = 9, .cells = 28, .whole = true};
const ColumnNeed kNothing{.name = 20, .is_empty = true};

TEST_CASE("without a limit, and where all fits, every column is whole, the empty ones too") {
  const std::vector<ColumnNeed> needs{kTime, kNothing, {.name = 4, .cells = 300}};
  CHECK(widths(fit_columns(needs, 0)) == Widths{28, 20, 300});
  CHECK(widths(fit_columns(needs, 352)) == Widths{28, 20, 300});
  CHECK(widths(fit_columns(needs, 351)) == Widths{28, 300});
  CHECK(fit_columns({}, 80).shown.empty());
}

TEST_CASE("empty columns go first, and are told") {
  const ColumnFit fit = fit_columns(std::vector<ColumnNeed>{kTime, kNothing, kTime, kNothing}, 80);
  CHECK(widths(fit) == Widths{28, 28});
  CHECK(fit.empty == Widths{1, 3});
  CHECK(fit.beyond == 0);
}

TEST_CASE("a result of empty columns only shows those that fit") {
  const ColumnFit fit = fit_columns(std::vector<ColumnNeed>(10, kNothing), 30);
  CHECK(fit.empty.empty());
  CHECK(widths(fit) == Widths{14, 14});
  CHECK(fit.beyond == 8);
}

TEST_CASE("the longest text gives way first, short ones and whole ones stay") {
  const ColumnNeed short_text{.name = 10, .cells = kShortText};
  const ColumnNeed long_text{.name = 10, .cells = 30};
  const ColumnNeed longer_text{.name = 10, .cells = 200};
  CHECK(widths(fit_columns(std::vector<ColumnNeed>{kTime, long_text, longer_text}, 120)) ==
        Widths{28, 30, 58});
  CHECK(widths(fit_columns(std::vector<ColumnNeed>{kTime, short_text, longer_text}, 64)) ==
        Widths{28, kShortText, 12});
  CHECK(widths(fit_columns(std::vector<ColumnNeed>{kTime, long_text, longer_text}, 80)) ==
        Widths{28, 24, 24});
}

TEST_CASE(
    "the last columns go when the others are as narrow as can be, and the rest gets the room") {
  const ColumnNeed long_text{.name = 10, .cells = 200};
  const ColumnFit fit =
      fit_columns(std::vector<ColumnNeed>{kTime, long_text, long_text, kTime, kTime}, 80);
  CHECK(widths(fit) == Widths{28, 24, 24});
  CHECK(fit.beyond == 2);
}

TEST_CASE("a long name over short cells gives way like a text") {
  const ColumnNeed flag{.name = 33, .cells = 5, .whole = true};
  CHECK(widths(fit_columns(std::vector<ColumnNeed>{kTime, flag}, 45)) == Widths{28, 15});
  CHECK(widths(fit_columns(std::vector<ColumnNeed>{flag, flag}, 27)) == Widths{12, 13});
}

TEST_CASE(
    "one column is always there; a number is whole even where it does not fit, a text is not") {
  const std::vector<ColumnNeed> number{{.name = 1, .cells = 30, .whole = true}, kTime};
  CHECK(widths(fit_columns(number, 10)) == Widths{30});
  const std::vector<ColumnNeed> text{{.name = 1, .cells = 30}, kTime};
  CHECK(widths(fit_columns(text, 5)) == Widths{5});
}

TEST_CASE("whatever the columns, what is shown fits and nothing is lost") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<ColumnNeed> needs(1 + random() % 40);
    for (ColumnNeed& need : needs) {
      need = {.name = random() % 40,
              .cells = random() % 60,
              .whole = random() % 3 == 0,
              .is_empty = random() % 3 == 0};
      if (need.is_empty) need.cells = 0;
    }
    const std::size_t width = 60 + random() % 200;
    const ColumnFit fit = fit_columns(needs, width);
    REQUIRE(total(fit) <= width);
    REQUIRE(fit.shown.size() + fit.empty.size() + fit.beyond == needs.size());
    for (const FittedColumn& column : fit.shown) {
      if (needs[column.index].whole) REQUIRE(column.width >= needs[column.index].cells);
    }
  }
}

}  // namespace
}  // namespace quarry::output
