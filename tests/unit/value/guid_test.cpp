#include "common/value/guid.h"

#include <doctest/doctest.h>

namespace quarry {
namespace {

std::string reprinted(std::string_view text) {
  const auto guid = parse_guid(text);
  std::string out;
  if (guid) append_guid(out, *guid);
  return out;
}

}  // namespace

TEST_CASE("guids are read with and without dashes and braces, in any case") {
  const std::string canonical = "01234567-89ab-cdef-0123-456789abcdef";
  CHECK(reprinted(canonical) == canonical);
  CHECK(reprinted("{01234567-89AB-CDEF-0123-456789ABCDEF}") == canonical);
  CHECK(reprinted("0123456789abcdef0123456789abcdef") == canonical);
  CHECK(reprinted("0123456789ab-cdef-0123-456789abcdef") == canonical);
}

TEST_CASE("what is not a guid is refused") {
  for (const std::string_view text :
       {"", "{}", "-", "a string that is not a guid", "01234567-89ab-cdef-0123-456789abcde",
        "01234567-89ab-cdef-0123-456789abcdef0", "{01234567-89ab-cdef-0123-456789abcdef",
        "0123456-789ab-cdef-0123-456789abcdef", "01234567--89ab-cdef-0123-456789abcdef",
        "g1234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef-"}) {
    CHECK_FALSE(parse_guid(text));
  }
}

TEST_CASE("guids sort as their text does") {
  CHECK(*parse_guid("00000000-0000-0000-0000-000000000001") <
        *parse_guid("01000000-0000-0000-0000-000000000000"));
}

}  // namespace quarry
