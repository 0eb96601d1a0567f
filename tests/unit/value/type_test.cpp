#include "common/value/type.h"

#include "common/value/string_cell.h"

#include <doctest/doctest.h>

namespace quarry {

TEST_CASE("every type's own name is parsed back to it") {
  for (const Type type : kAllTypes) CHECK(parse_type(name_of(type)) == type);
  CHECK(name_of(Type::kUnknown) == "unknown");
}

TEST_CASE("KQL's aliases of types are known, anything else is not") {
  CHECK(parse_type("boolean") == Type::kBool);
  CHECK(parse_type("int32") == Type::kInt);
  CHECK(parse_type("int64") == Type::kLong);
  CHECK(parse_type("double") == Type::kReal);
  CHECK(parse_type("date") == Type::kDatetime);
  CHECK(parse_type("time") == Type::kTimespan);
  CHECK(parse_type("uniqueid") == Type::kGuid);
  CHECK(parse_type("object") == Type::kDynamic);
  CHECK_FALSE(parse_type("unknown"));
  CHECK_FALSE(parse_type(""));
  CHECK_FALSE(parse_type("varchar"));
}

TEST_CASE("cells have the sizes that the design promises") {
  CHECK(cell_size(Type::kBool) == 1);
  CHECK(cell_size(Type::kInt) == 4);
  CHECK(cell_size(Type::kLong) == 8);
  for (const Type type : {Type::kDecimal, Type::kString, Type::kGuid, Type::kDynamic})
    CHECK(cell_size(type) == 16);
}

TEST_CASE("a schema finds columns by their exact name") {
  const Schema schema{{{"a", Type::kLong}, {"A", Type::kString}}};
  CHECK(schema.find("A") == 1);
  CHECK(schema.find("a") == 0);
  CHECK_FALSE(schema.find("b"));
}

TEST_CASE("string cells compare by their text on both sides of the inline limit") {
  const std::string twelve = "abcdefghijkl", thirteen = "abcdefghijklm", other = "abcdefghijklM";
  CHECK(StringCell(twelve).is_inline());
  CHECK_FALSE(StringCell(thirteen).is_inline());
  const std::string copy = thirteen;
  CHECK(StringCell(thirteen) == StringCell(copy));
  CHECK_FALSE(StringCell(thirteen) == StringCell(other));
  CHECK_FALSE(StringCell(twelve) == StringCell(thirteen));
  CHECK(compare(StringCell(twelve), StringCell(thirteen)) < 0);
  CHECK(compare(StringCell(std::string_view("\xff")), StringCell(std::string_view("a"))) > 0);
  CHECK(StringCell() == StringCell(std::string_view()));
}

}  // namespace quarry
