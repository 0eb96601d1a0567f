// Every function of dynamic.h on bytes that nobody chose: random, truncated, mutated, and very
// deep.

#include "common/base/unicode.h"
#include "common/value/dynamic.h"

#include <doctest/doctest.h>

#include <memory>
#include <random>

namespace quarry {
namespace {

constexpr std::string_view kSample =
    R"( {"id":1,"name":"a \"quoted\" \\ name \u00e9 \ud83d\ude00","list":[1,-2.5e3,true,false,null,[],{}],)"
    R"("nested":{"deep":[{"x":{"y":[[[1]]]}}],"path":"C:\\Windows\\System32\\cmd.exe","empty":""},"name":"last"} )";

void walk(const DynamicView& value, int depth) {
  (void)value.kind();
  (void)value.as_bool();
  (void)value.as_long();
  (void)value.as_real();
  std::string scratch;
  (void)value.as_string(scratch);
  (void)value.member("name");
  (void)value.element(1);
  (void)value.element(-1);
  (void)value.size();
  if (depth == 0) return;
  DynamicView inner;
  std::string_view raw_key;
  for (ArrayCursor cursor(value); cursor.next(inner);) walk(inner, depth - 1);
  for (BagCursor cursor(value); cursor.next(raw_key, inner);) walk(inner, depth - 1);
}

/// Runs everything on a copy that ends where its memory ends, so that a sanitizer sees every byte
/// read beyond.
void exercise(std::string_view bytes) {
  const auto exact = std::make_unique<char[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), exact.get());
  const std::string_view text(exact.get(), bytes.size());
  walk(DynamicView(text), 6);
  const std::size_t end = skip_json_value(text);
  CHECK((end == std::string_view::npos || end <= text.size()));
  std::string out;
  decode_json_string(text, out);
  out.clear();
  append_compact_json(out, text);
  CHECK(out.size() <= text.size());
  if (is_valid_json(text)) CHECK(is_valid_json(out));
  out.clear();
  append_json_string(out, text);
  CHECK(is_valid_json(out));
  if (unicode::is_valid(text)) {
    std::string back;
    decode_json_string(std::string_view(out).substr(1, out.size() - 2), back);
    CHECK(back == text);
  }
  out.clear();
  append_parsed_json(out, text);
  CHECK(is_valid_json(out));
  out.clear();
  append_dynamic_as_text(out, DynamicView(text));
  CHECK(equal_dynamic(text, std::string(text)));
  CHECK(compare_dynamic(text, kSample) == -compare_dynamic(kSample, text));
  CHECK(hash_dynamic(text) == hash_dynamic(std::string(text)));
}

}  // namespace

TEST_CASE("dynamic functions take every prefix and suffix of a document") {
  for (std::size_t i = 0; i <= kSample.size(); ++i) {
    exercise(kSample.substr(0, i));
    exercise(kSample.substr(i));
  }
}

TEST_CASE("dynamic functions take mutated documents") {
  std::mt19937 random(1);
  constexpr std::string_view kBytes = "\"\\{}[],: \n0u-e.\x00\xff\xc3t";
  for (int round = 0; round < 3000; ++round) {
    std::string text(kSample);
    for (auto changes = random() % 4 + 1; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      if (random() % 3 == 0)
        text.erase(at, random() % 8);
      else
        text[at] = kBytes[random() % kBytes.size()];
      if (text.empty()) break;
    }
    exercise(text);
  }
}

TEST_CASE("dynamic functions take random bytes, and random JSON punctuation") {
  std::mt19937 random(2);
  constexpr std::string_view kPunctuation = "\"\\{}[],: 1a";
  for (int round = 0; round < 3000; ++round) {
    std::string text(random() % 150, ' ');
    for (char& c : text) c = static_cast<char>(random());
    exercise(text);
    for (char& c : text) c = kPunctuation[random() % kPunctuation.size()];
    exercise(text);
  }
}

TEST_CASE("a hundred thousand levels exhaust no stack") {
  constexpr std::size_t kDepth = 100'000;
  const std::string open(kDepth, '['), closed = open + std::string(kDepth, ']');
  std::string bags, bag_ends(kDepth, '}');
  for (std::size_t i = 0; i < kDepth; ++i) bags += "{\"a\":";
  for (const std::string& text : {open, closed, bags, bags + "1" + bag_ends, bags + "[" + bag_ends})
    exercise(text);
  CHECK(skip_json_value(closed) == closed.size());
  CHECK(equal_dynamic(closed, " " + closed));
  CHECK_FALSE(equal_dynamic(closed, bags + "1" + bag_ends));
  std::string other = closed;
  other.insert(kDepth, "1");
  CHECK_FALSE(equal_dynamic(closed, other));
  CHECK(hash_dynamic(closed) != hash_dynamic(other));
}

}  // namespace quarry
