// Which of several equal keys a group shows must not depend on who met it first.
#include "common/kql/exec/row_table.h"

#include "common/value/builder.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::exec;

namespace {

Column dynamics(std::initializer_list<std::string_view> texts) {
  ColumnBuilder<Type::kDynamic> builder;
  for (const std::string_view text : texts) builder.append_copy(text);
  return builder.finish();
}

std::string shown(const RowTable& table) {
  std::string text;
  const Column keys = table.key_column(0, table.rows_in_order());
  for (std::size_t i = 0; i < keys.rows(); ++i)
    text += std::string(Cells<Type::kDynamic>(keys)[i].json.view()) + " ";
  return text;
}

}  // namespace

TEST_CASE("of equal keys the one of the earliest row is kept") {
  std::vector<std::byte*> rows, added;
  const Column late = dynamics({R"({"a number of some length":1.0})"});
  const Column early = dynamics({R"({"a number of some length":1})"});

  SUBCASE("in batches that come in another order") {
    RowTable table({Type::kDynamic}, 0);
    table.find_or_add({&late, 1}, 1, 100, rows, added);
    table.find_or_add({&early, 1}, 1, 5, rows, added);
    CHECK(table.rows().size() == 1);
    CHECK(shown(table) == R"({"a number of some length":1} )");
  }
  SUBCASE("in tables that are merged") {
    RowTable table({Type::kDynamic}, 0), other({Type::kDynamic}, 0);
    table.find_or_add({&late, 1}, 1, 100, rows, added);
    other.find_or_add({&early, 1}, 1, 5, rows, added);
    bool is_new = true;
    table.find_or_add(other.rows().front(), is_new);
    CHECK_FALSE(is_new);
    CHECK(shown(table) == R"({"a number of some length":1} )");
  }
  SUBCASE("with orders of their own") {
    RowTable table({Type::kDynamic}, 0);
    const Column keys = dynamics({"3.0", "7", "3", "7.0"});
    const std::vector<std::int64_t> orders{9, 2, 4, 8};
    table.find_or_add({&keys, 1}, orders, rows, added);
    CHECK(added.size() == 2);
    CHECK(RowTable::order(rows[0]) == 4);
    CHECK(shown(table) == "7 3 ");
  }
}
