#include "common/value/batch.h"

#include "tests/unit/value/sample.h"

#include <doctest/doctest.h>

#include <cmath>

namespace quarry {

using namespace sample;
using Longs = std::vector<std::optional<std::int64_t>>;
using Strings = std::vector<std::string>;

TEST_CASE("columns that shared an index still share one after the next selection and slice") {
  Batch batch({longs({1, 2, 3, 4}), strings({"a", "b", "c", "d"})}, 4);
  const Batch once = batch.selected(rows({3, 2, 1}));
  CHECK(once.column(0).index() == once.column(1).index());
  Batch mixed = once;
  mixed.add(longs({7, 8, 9}));
  const Batch twice = mixed.selected(rows({0, 2}));
  CHECK(twice.column(0).index() == twice.column(1).index());
  CHECK(twice.column(2).index() != twice.column(0).index());
  CHECK(long_values(twice.column(0)) == Longs{4, 2});
  CHECK(string_values(twice.column(1)) == Strings{"d", "b"});
  CHECK(long_values(twice.column(2)) == Longs{7, 9});
  const Batch cut = mixed.slice(1, 2);
  CHECK(cut.column(0).index() == cut.column(1).index());
  CHECK(long_values(cut.column(0)) == Longs{3, 2});
  CHECK(long_values(cut.column(2)) == Longs{8, 9});
}

TEST_CASE("a batch without columns still has rows") {
  const Batch batch({}, 10);
  CHECK(batch.selected(rows({1, 2})).rows() == 2);
  CHECK(batch.slice(3, 4).rows() == 4);
  CHECK(batch.owned().rows() == 10);
  const Batch both[]{batch, batch};
  CHECK(concatenate(both, {}).rows() == 20);
}

TEST_CASE("concatenating joins every form of column, nulls and all") {
  const std::string long_text(40, 'z');
  const Column words = strings({"a", long_text});
  const Batch parts[]{
      Batch({longs({1, {}}), words}, 2),
      Batch({longs({}), strings({})}, 0),
      Batch({Column::constant(longs({5}), 3), Column::select(words, rows({1, 0, 1}))}, 3),
      Batch({Column::all_null(Type::kLong, 1), Column::constant(strings({long_text}), 1)}, 1),
  };
  const Type types[]{Type::kLong, Type::kString};
  const Batch joined = concatenate(parts, types);
  CHECK(joined.rows() == 6);
  CHECK(long_values(joined.column(0)) == Longs{1, {}, 5, 5, 5, {}});
  CHECK(string_values(joined.column(1)) ==
        Strings{"a", long_text, long_text, "a", long_text, long_text});
  CHECK(joined.column(1).keep().size() == 1);
}

TEST_CASE("a column that is the same constant everywhere stays constant") {
  const std::string text(30, 't');
  const Batch parts[]{
      Batch({Column::constant(strings({text}), 3), Column::all_null(Type::kReal, 3)}, 3),
      Batch({Column::constant(strings({text}), 2), Column::all_null(Type::kReal, 2)}, 2)};
  const Type types[]{Type::kString, Type::kReal};
  const Batch joined = concatenate(parts, types);
  CHECK(joined.column(0).form() == Column::Form::kConstant);
  CHECK(joined.column(1).form() == Column::Form::kConstant);
  CHECK(string_values(joined.column(0)) == Strings(5, text));
  CHECK(NullCheck(joined.column(1)).is_null(4));
  const Batch signs[]{Batch({Column::constant(reals({0.0}), 1)}, 1),
                      Batch({Column::constant(reals({-0.0}), 1)}, 1)};
  const Type real[]{Type::kReal};
  CHECK(std::signbit(Cells<Type::kReal>(concatenate(signs, real).column(0))[1]));
}

TEST_CASE("concatenating nothing gives typed empty columns") {
  const Type types[]{Type::kDynamic, Type::kBool};
  const Batch none = concatenate({}, types);
  CHECK(none.rows() == 0);
  REQUIRE(none.column_count() == 2);
  CHECK(none.column(0).type() == Type::kDynamic);
  CHECK(none.column(1).type() == Type::kBool);
  CHECK(none.memory() > 0);
}

}  // namespace quarry
