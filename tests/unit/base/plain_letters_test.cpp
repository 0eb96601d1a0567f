#include "common/base/plain_letters.h"

#include <doctest/doctest.h>

namespace unicode = quarry::unicode;

TEST_CASE("marks and compatibility forms are taken off") {
  CHECK(unicode::without_marks("plain") == "plain");
  CHECK(unicode::without_marks("M\xC3\xAD"
                               "cros\xC3\xB6"
                               "ft") == "Microsoft");
  CHECK(unicode::without_marks("\xEF\xBC\xA1\xEF\xBC\x91") == "A1");  // fullwidth
  CHECK(unicode::without_marks("\xD0\xB0") == "\xD0\xB0");            // Cyrillic stays
  CHECK(unicode::without_marks("a\xFF\xC3\xAD") == "a\xFF\xC3\xAD");
}
