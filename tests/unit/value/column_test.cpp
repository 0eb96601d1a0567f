#include "common/value/column.h"

#include "tests/unit/value/sample.h"

#include <doctest/doctest.h>

namespace quarry {

using namespace sample;
using Longs = std::vector<std::optional<std::int64_t>>;
using Strings = std::vector<std::string>;

TEST_CASE("a builder keeps nulls wherever the first one comes") {
  for (const std::size_t nulls_from : {0u, 1u, 63u, 64u, 65u, 200u}) {
    ColumnBuilder<Type::kLong> builder;
    for (std::size_t i = 0; i < 300; ++i) {
      if (i >= nulls_from && i % 3 == 0)
        builder.append_null();
      else
        builder.append(static_cast<std::int64_t>(i));
    }
    const Column column = builder.finish();
    const Cells<Type::kLong> cells(column);
    for (std::size_t i = 0; i < 300; ++i)
      CHECK(cells.is_null(i) == (i >= nulls_from && i % 3 == 0));
    CHECK(builder.rows() == 0);
  }
}

TEST_CASE("a missing string is the empty string, never null") {
  ColumnBuilder<Type::kString> builder;
  builder.append_null();
  builder.append_copy("text that is longer than a cell");
  const Column column = builder.finish();
  CHECK_FALSE(column.may_have_nulls());
  CHECK(string_values(column) == Strings{"", "text that is longer than a cell"});
  CHECK(string_values(Column::all_null(Type::kString, 2)) == Strings{"", ""});
}

TEST_CASE("columns of nulls exist for every type and any number of rows") {
  for (const Type type : kAllTypes) {
    for (const std::size_t rows : {0u, 1u, 1000u}) {
      const Column column = Column::all_null(type, rows);
      CHECK(column.type() == type);
      CHECK(column.rows() == rows);
      CHECK(column.form() == Column::Form::kConstant);
      if (rows != 0) CHECK(NullCheck(column).is_null(rows - 1) == (type != Type::kString));
      const Column flat = column.flattened();
      CHECK(flat.form() == Column::Form::kFlat);
      CHECK(flat.rows() == rows);
      if (rows != 0) CHECK(NullCheck(flat).is_null(rows - 1) == (type != Type::kString));
    }
  }
}

TEST_CASE("selecting makes an index, selecting again composes it, a constant stays one") {
  const Column base = longs({10, {}, 30, 40});
  const Column first = Column::select(base, rows({3, 1, 0}));
  CHECK(first.form() == Column::Form::kIndexed);
  CHECK(long_values(first) == Longs{40, {}, 10});
  const Column second = Column::select(first, rows({2, 2, 1}));
  CHECK(long_values(second) == Longs{10, 10, {}});
  CHECK(second.value_count() == 4);
  const Column constant = Column::select(Column::constant(longs({7}), 9), rows({8, 0}));
  CHECK(constant.form() == Column::Form::kConstant);
  CHECK(long_values(constant) == Longs{7, 7});
  CHECK(Column::select(base, rows({})).rows() == 0);
}

TEST_CASE("a constant can be made from one row of any form") {
  const Column base = longs({10, {}, 30});
  CHECK(long_values(Column::constant(Column::select(base, rows({2})), 3)) == Longs{30, 30, 30});
  CHECK(long_values(Column::constant(base.slice(1, 1), 2)) == Longs{{}, {}});
  CHECK(long_values(Column::constant(Column::constant(longs({5}), 1), 2)) == Longs{5, 5});
}

TEST_CASE("slices see their rows and nulls at every offset and in every form") {
  Longs values;
  for (std::int64_t i = 0; i < 200; ++i)
    values.push_back(i % 7 == 0 ? std::nullopt : std::optional(i));
  const Column flat = longs(values);
  std::vector<std::uint32_t> all(200);
  for (std::uint32_t i = 0; i < 200; ++i) all[i] = i;
  const Column indexed = Column::select(flat, rows(all));
  for (const std::size_t first : {0u, 1u, 63u, 64u, 65u, 128u, 199u, 200u}) {
    for (const std::size_t count : {0u, 1u, 64u, 72u}) {
      if (first + count > 200) continue;
      const Longs expected(values.begin() + static_cast<std::ptrdiff_t>(first),
                           values.begin() + static_cast<std::ptrdiff_t>(first + count));
      CHECK(long_values(flat.slice(first, count)) == expected);
      CHECK(long_values(indexed.slice(first, count)) == expected);
      CHECK(long_values(flat.slice(first, count).flattened()) == expected);
      CHECK(long_values(flat.slice(first, count).owned()) == expected);
    }
  }
  CHECK(Column::constant(longs({1}), 10).slice(4, 3).rows() == 3);
}

TEST_CASE("flattening drops a validity bitmap that no row needs") {
  const Column picked = Column::select(longs({1, {}, 3}), rows({0, 2, 0}));
  CHECK(picked.may_have_nulls());
  CHECK_FALSE(picked.flattened().may_have_nulls());
  CHECK(long_values(picked.flattened()) == Longs{1, 3, 1});
}

TEST_CASE("an owned column outlives the text it came from") {
  const std::string long_text(100, 'x');
  Column owned_flat, owned_dictionary, owned_sparse, owned_constant;
  {
    auto block = std::make_shared<std::string>(long_text + long_text);
    ColumnBuilder<Type::kString> builder;
    builder.append_view(std::string_view(*block).substr(0, 100));
    builder.append_view("short");
    builder.append_view(std::string_view(*block).substr(100));
    builder.keep(block);
    const Column column = builder.finish();
    owned_flat = column.owned();
    owned_dictionary = Column::select(column, rows({0, 1, 0, 2, 0})).owned();
    owned_sparse = Column::select(column, rows({2})).owned();
    owned_constant = Column::constant(column.slice(2, 1), 4).owned();
    CHECK(owned_flat.keep() != column.keep());
    block->assign(block->size(), '!');
  }
  CHECK(string_values(owned_flat) == Strings{long_text, "short", long_text});
  CHECK(string_values(owned_dictionary) ==
        Strings{long_text, "short", long_text, long_text, long_text});
  CHECK(string_values(owned_sparse) == Strings{long_text});
  CHECK(string_values(owned_constant) == Strings{long_text, long_text, long_text, long_text});
}

TEST_CASE("owned columns of short text keep nothing alive") {
  ColumnBuilder<Type::kString> builder;
  builder.append_copy("short");
  builder.keep(std::make_shared<int>(1));
  CHECK(builder.finish().owned().keep().empty());
}

TEST_CASE("the memory of a column counts long text once a dictionary entry") {
  const Column text = strings({std::string(1000, 'a'), "b"});
  const Column repeated = Column::select(text, rows(std::vector<std::uint32_t>(500, 0)));
  CHECK(text.memory() >= 1000);
  CHECK(repeated.memory() >= 1000 + 500 * 4);
  CHECK(repeated.memory() < 10'000);
  CHECK(Column::all_null(Type::kLong, 1'000'000).memory() < 100);
}

TEST_CASE("builders chosen at run time copy cells and nulls of their type") {
  auto builder = make_builder(Type::kDynamic);
  const Column source = dynamics({"[1,2,3,4,5,6,7,8]", {}, "1"});
  for (std::size_t i = 0; i < 3; ++i) builder->append_from(source, i);
  for (std::size_t i = 0; i < 3; ++i) builder->append_from_view(source, i);
  builder->keep(source.keep());
  CHECK(builder->rows() == 6);
  const Column copy = builder->finish();
  const Cells<Type::kDynamic> cells(copy);
  CHECK(cells[0].json.view() == "[1,2,3,4,5,6,7,8]");
  CHECK(cells.is_null(1));
  CHECK(cells[3].json.view() == "[1,2,3,4,5,6,7,8]");
  CHECK(cells.is_null(4));
  CHECK(cells[5].json.view() == "1");
  for (const Type type : kAllTypes) {
    auto any = make_builder(type, 4);
    CHECK(any->type() == type);
    any->append_null();
    any->append_from(Column::all_null(type, 3), 2);
    CHECK(any->finish().rows() == 2);
  }
}

}  // namespace quarry
