#include "common/json/writer.h"

#include "common/value/builder.h"

#include <doctest/doctest.h>

#include <limits>

using namespace quarry;
using namespace quarry::json;

namespace {

template <Type T>
std::string written(const std::vector<Cell<T>>& cells) {
  ColumnBuilder<T> builder;
  for (const Cell<T>& cell : cells) builder.append(cell);
  builder.append_null();
  const Column column = builder.finish();
  std::string out;
  for (std::size_t row = 0; row < column.rows(); ++row) {
    append_cell(out, column, row);
    out += ' ';
  }
  return out;
}

}  // namespace

TEST_CASE("cells are written as tools exchange them") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  CHECK(written<Type::kBool>({1, 0}) == "true false null ");
  CHECK(written<Type::kInt>({-5}) == "-5 null ");
  CHECK(written<Type::kLong>({INT64_MIN, INT64_MAX}) ==
        "-9223372036854775808 9223372036854775807 null ");
  CHECK(written<Type::kReal>(
            {1.0, 0.1, kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN()}) ==
        "1.0 0.1 \"Infinity\" \"-Infinity\" \"NaN\" null ");
  CHECK(written<Type::kString>({StringCell("a\"\\\n"), StringCell("longer than twelve bytes")}) ==
        "\"a\\\"\\\\\\n\" \"longer than twelve bytes\" \"\" ");
  CHECK(written<Type::kDatetime>({Datetime{kUnixEpochTicks}}) ==
        "\"1970-01-01T00:00:00.0000000Z\" null ");
  CHECK(written<Type::kTimespan>({Timespan{-1}}) == "\"-00:00:00.0000001\" null ");
  CHECK(written<Type::kDynamic>({DynamicCell{StringCell("{ \"b\" : 1e2, \"a\":[1 ,2] }")}}) ==
        "{\"b\":1e2,\"a\":[1,2]} null ");
  CHECK(written<Type::kDecimal>({decimal_from(std::int64_t{12})}) == "\"12\" null ");
  CHECK(written<Type::kGuid>({parse_guid("74be27de-1e4e-49d9-b579-fe0b331d3642").value()}) ==
        "\"74be27de-1e4e-49d9-b579-fe0b331d3642\" null ");
}

TEST_CASE("rows are objects with keys in column order") {
  ColumnBuilder<Type::kLong> numbers;
  numbers.append(1);
  numbers.append_null();
  ColumnBuilder<Type::kString> texts;
  texts.append_copy("x");
  texts.append_copy("y");
  const Batch batch({numbers.finish(), texts.finish()}, 2);
  RowWriter writer(Schema{{{"n", Type::kLong}, {"a \"b\"", Type::kString}}});
  std::string out;
  writer.append_lines(out, batch);
  CHECK(out == "{\"n\":1,\"a \\\"b\\\"\":\"x\"}\n{\"n\":null,\"a \\\"b\\\"\":\"y\"}\n");
}

TEST_CASE("rows without columns are empty objects") {
  RowWriter writer(Schema{});
  std::string out;
  writer.append_lines(out, Batch({}, 2));
  CHECK(out == "{}\n{}\n");
}
