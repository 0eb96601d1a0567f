#include "common/value/scalar.h"

#include "common/value/compare.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace quarry {
namespace {

std::vector<Scalar> samples() {
  return {Scalar::of(true),
          Scalar::of(std::int32_t{-3}),
          Scalar::of(std::int64_t{42}),
          Scalar::of(1.5),
          Scalar(Type::kDecimal, *parse_decimal("12.50")),
          Scalar::of(std::string("a text that is longer than a cell")),
          Scalar::of(Datetime{638'501'184'000'000'000}),
          Scalar::of(Timespan{kTicksPerDay + kTicksPerHour}),
          Scalar(Type::kGuid, *parse_guid("01234567-89ab-cdef-0123-456789abcdef")),
          Scalar::dynamic("{\"a\":[1,2,3,4,5]}")};
}

}  // namespace

TEST_CASE("scalars of every type survive the way through a column") {
  for (const Scalar& scalar : samples()) {
    const Column column = scalar.as_column(3);
    CHECK(column.type() == scalar.type());
    CHECK(column.form() == Column::Form::kConstant);
    CHECK(column.rows() == 3);
    const Scalar back = Scalar::from(column, 2);
    CHECK(back.type() == scalar.type());
    CHECK(to_literal(back) == to_literal(scalar));
  }
  for (const Type type : kAllTypes) {
    const Scalar back = Scalar::from(Scalar::null(type).as_column(1), 0);
    CHECK(back.type() == type);
    CHECK(back.is_null() == (type != Type::kString));
  }
}

TEST_CASE("literals are what KQL would write") {
  const std::string expected[]{"true",
                               "int(-3)",
                               "42",
                               "1.5",
                               "decimal(12.50)",
                               "\"a text that is longer than a cell\"",
                               "datetime(2024-05-01)",
                               "time(1.01:00:00)",
                               "guid(01234567-89ab-cdef-0123-456789abcdef)",
                               "dynamic({\"a\":[1,2,3,4,5]})"};
  const std::vector<Scalar> scalars = samples();
  for (std::size_t i = 0; i < scalars.size(); ++i) CHECK(to_literal(scalars[i]) == expected[i]);
}

TEST_CASE("literals of the values that need care") {
  CHECK(to_literal(Scalar::of(std::nan(""))) == "real(nan)");
  CHECK(to_literal(Scalar::of(HUGE_VAL)) == "real(+inf)");
  CHECK(to_literal(Scalar::of(-HUGE_VAL)) == "real(-inf)");
  CHECK(to_literal(Scalar::of(2.0)) == "2.0");
  CHECK(to_literal(Scalar::of(std::numeric_limits<std::int64_t>::min())) ==
        "long(-9223372036854775808)");
  CHECK(to_literal(Scalar::null(Type::kDatetime)) == "datetime(null)");
  CHECK(to_literal(Scalar::null(Type::kString)) == "\"\"");
  CHECK(to_literal(Scalar::of(std::string("C:\\x \"q\"\n\t\x01"))) == R"("C:\\x \"q\"\n\t\u0001")");
  CHECK(to_literal(Scalar::of(Datetime{638'501'184'000'000'000 + kTicksPerHour})) ==
        "datetime(2024-05-01T01:00:00Z)");
  CHECK(to_literal(Scalar::of(Datetime{638'501'184'000'000'001})) ==
        "datetime(2024-05-01T00:00:00.0000001Z)");
}

}  // namespace quarry
