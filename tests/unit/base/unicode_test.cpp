#include "common/base/unicode.h"

#include <doctest/doctest.h>

namespace unicode = quarry::unicode;

namespace {
constexpr std::size_t kNone = std::string_view::npos;
}

TEST_CASE("well-formed text of every length is valid") {
  CHECK(unicode::is_valid(""));
  CHECK(unicode::is_valid("plain"));
  CHECK(unicode::is_valid(
      "\x7F \xC2\x80 \xDF\xBF \xE0\xA0\x80 \xEF\xBF\xBF \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"));
  CHECK(unicode::is_valid("\xED\x9F\xBF\xEE\x80\x80"));
}

TEST_CASE("each kind of ill-formed sequence is found where it begins") {
  for (const char* bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3x", "\xE0\x9F\xBF",
                          "\xE2\x82", "\xE2\x82x", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                          "\xF0\x9F\x92", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    for (std::size_t before = 0; before < 70; ++before) {
      CAPTURE(before);
      CHECK(unicode::find_invalid(std::string(before, 'a') + bad) == before);
      CHECK(unicode::find_invalid(std::string(before, 'a') + "\xC3\xBC" + bad + "tail") ==
            before + 2);
    }
  }
  CHECK(unicode::find_invalid(std::string(100, 'a') + "\xF0\x9F\x92\xA9" + std::string(100, 'b')) ==
        kNone);
}

TEST_CASE("decoding and appending are inverse for every code point") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    unicode::append(text, c);
    std::size_t offset = 0;
    const bool same = unicode::decode(text, offset) == c && offset == text.size();
    if (!same) FAIL_CHECK("code point ", static_cast<unsigned>(c));
  }
  std::string replaced;
  unicode::append(replaced, 0xD800);
  unicode::append(replaced, 0x110000);
  CHECK(replaced == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("an invalid byte decodes as one replacement") {
  std::size_t offset = 0;
  CHECK(unicode::decode("\xE2\x82z", offset) == unicode::kReplacement);
  CHECK(offset == 1);
}

TEST_CASE("code points are counted and found, invalid bytes one each") {
  const std::string text = std::string(40, 'a') + "d\xC3\xBCr\xFF\xF0\x9F\x92\xA9";
  CHECK(unicode::code_point_count(text) == 45);
  CHECK(unicode::code_point_count("") == 0);
  CHECK(unicode::offset_of(text, 0) == 0);
  CHECK(unicode::offset_of(text, 42) == 43);
  CHECK(unicode::offset_of(text, 44) == 45);
  CHECK(unicode::offset_of(text, 45) == text.size());
  CHECK(unicode::offset_of(text, 99) == text.size());
}

TEST_CASE("a prefix of so many bytes ends between characters") {
  CHECK(unicode::prefix_of_bytes("aé", 3) == "aé");
  CHECK(unicode::prefix_of_bytes("aé", 2) == "a");
  CHECK(unicode::prefix_of_bytes("aé", 1) == "a");
  CHECK(unicode::prefix_of_bytes("aé", 0).empty());
  CHECK(unicode::prefix_of_bytes("\xF0\x9F\x92\xA9", 3).empty());
  CHECK(unicode::prefix_of_bytes("漢字", 5) == "漢");
  // What is no UTF-8 has no characters to spare.
  CHECK(unicode::prefix_of_bytes(std::string(9, '\x80'), 7).size() == 7);
}

TEST_CASE("letters and digits of every script make terms, marks and punctuation do not") {
  for (const char32_t c : {U'a', U'Z', U'0', U'ü', U'ß', U'Ж', U'漢', U'٣', U'Ⅷ', U'½'})
    CHECK(unicode::is_alphanumeric(c));
  for (const char32_t c : {U' ', U'_', U'-', U'.', U'€', U'—', U'\x301', U'💩', U'\xFFFD'})
    CHECK_FALSE(unicode::is_alphanumeric(c));
  CHECK(unicode::is_ascii("abc"));
  CHECK(unicode::is_ascii(""));
  CHECK_FALSE(unicode::is_ascii(std::string(50, 'a') + "\xC3\xBC"));
}

TEST_CASE("case conversion keeps invalid bytes") {
  CHECK(unicode::to_upper("d\xC3\xBCr \xFFz") == "D\xC3\x9CR \xFFZ");
  CHECK(unicode::to_lower("D\xC3\x9CR \xFFZ") == "d\xC3\xBCr \xFFz");
  CHECK(unicode::to_upper("").empty());
}

TEST_CASE("folding never crosses the ASCII border") {
  CHECK(unicode::fold(U'k') == U'K');
  CHECK(unicode::fold(U'ü') == U'Ü');
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const bool kept = (c < 0x80) == (unicode::fold(c) < 0x80);
    if (!kept) FAIL_CHECK("code point ", static_cast<unsigned>(c));
  }
}

TEST_CASE("comparison ignores case code point by code point") {
  CHECK(unicode::equals_ignore_case("PowerShell", "pOWERsHELL"));
  CHECK(unicode::equals_ignore_case("D\xC3\x9CR", "d\xC3\xBCr"));
  CHECK(unicode::equals_ignore_case("", ""));
  CHECK_FALSE(unicode::equals_ignore_case("a", "ab"));
  CHECK_FALSE(unicode::equals_ignore_case("@", "`"));
  CHECK_FALSE(unicode::equals_ignore_case("k", "\xE2\x84\xAA"));  // Kelvin sign
  CHECK_FALSE(unicode::equals_ignore_case("s", "\xC5\xBF"));      // long s
  CHECK_FALSE(unicode::equals_ignore_case("\xFF", "\xFE"));
  CHECK_FALSE(unicode::equals_ignore_case("\xFF", "\xEF\xBF\xBD"));
  CHECK(unicode::equals_ignore_case("a\xFF", "A\xFF"));
}

TEST_CASE("display width knows wide and combining characters") {
  CHECK(unicode::display_width("abc") == 3);
  CHECK(unicode::display_width("漢字") == 4);
  CHECK(unicode::display_width("e\xCC\x81") == 1);
  CHECK(unicode::display_width("💩") == 2);
  CHECK(unicode::display_width("\n") == 0);
}

TEST_CASE("terminal escapes leave no control character, no reordering and no invalid byte") {
  CHECK(unicode::escape_for_terminal("d\xC3\xBCr C:\\x") == "d\xC3\xBCr C:\\x");
  CHECK(unicode::escape_for_terminal("a\x1b[31m\n\t\r\x7f") == "a\\x1b[31m\\n\\t\\r\\x7f");
  CHECK(unicode::escape_for_terminal("\xC2\x9B\xFF") == "\\x9b\\xff");
  CHECK(unicode::escape_for_terminal("\xE2\x80\xAE"
                                     "exe") == "\\u202eexe");
}
