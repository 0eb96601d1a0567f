#include "common/json/value_scanner.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

using namespace quarry::json;

namespace {

// Byte by byte, as the rule says.
std::size_t slow_quote(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i;
    }
  }
  return std::string::npos;
}

std::size_t slow_nested(const std::string& text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && (text[i] == '{' || text[i] == '['))
      ++depth;
    else if (!quoted && (text[i] == '}' || text[i] == ']') && --depth == 0)
      return i + 1;
  }
  return std::string::npos;
}

std::size_t offset(const char* found, const std::string& text) {
  return found == nullptr ? std::string::npos : static_cast<std::size_t>(found - text.data());
}

std::string random_text(std::mt19937& random, const char* alphabet, std::size_t letters) {
  std::string text;
  for (std::size_t n = random() % 150; n > 0; --n) text += alphabet[random() % letters];
  return text;
}

}  // namespace

TEST_CASE("closing quotes are found as a byte-by-byte walk finds them") {
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    std::string text = random_text(random, "\\\\\\abcdefgh\"", round % 2 == 0 ? 4U : 12U);
    const std::size_t size = text.size();
    const std::size_t expected = slow_quote(text);
    text += std::string(kScanPadding, '"');
    CHECK(offset(find_closing_quote(text.data(), text.data() + size), text) == expected);
    StringTraits traits;
    const char* const found = inspect_string(text.data(), text.data() + size, traits);
    CHECK(offset(found, text) == expected);
    if (found != nullptr)
      CHECK(traits.escaped == (text.substr(0, expected).find('\\') != std::string::npos));
  }
}

TEST_CASE("nested values end where a byte-by-byte walk ends them") {
  std::mt19937 random(2);
  for (int round = 0; round < 20000; ++round) {
    // A backslash outside strings is no JSON; there the two may differ, so it comes only inside.
    std::string text = "[";
    for (std::size_t n = random() % 40; n > 0; --n) {
      static const std::string kPieces[]{
          "{",        "}",  "[",        "]", "\"a\\\"]\"",
          "\"\\\\\"", "1,", "\"}}}}\"", ":", "\"long text without brackets inside\"",
          "   "};
      text += kPieces[random() % std::size(kPieces)];
    }
    const std::size_t size = text.size();
    const std::size_t expected = slow_nested(text);
    text += std::string(kScanPadding, ']');
    CHECK(offset(skip_nested(text.data(), text.data() + size), text) == expected);
  }
}

TEST_CASE(
    "string traits tell escapes, control characters and bytes beyond ASCII before the quote only") {
  const auto traits_of = [](std::string text) {
    text += std::string(kScanPadding, '\x01');
    StringTraits traits;
    CHECK(inspect_string(text.data(), text.data() + text.size(), traits) != nullptr);
    return traits;
  };
  CHECK_FALSE(traits_of("plain\"\\\xc3\x01").escaped);
  CHECK_FALSE(traits_of("plain\"\\\xc3\x01").non_ascii);
  CHECK_FALSE(traits_of("plain\"\\\xc3\x01").control);
  CHECK(traits_of("a\\nb\"").escaped);
  CHECK(traits_of("\xc3\xa9\"").non_ascii);
  CHECK(traits_of("a\tb\"").control);
  CHECK(traits_of(std::string(40, 'x') + "\t\"").control);
}
