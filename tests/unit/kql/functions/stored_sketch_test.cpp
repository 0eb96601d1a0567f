// Sketches as JSON: what is written reads back, whatever else does no harm.
#include "common/kql/functions/sketch/digest.h"
#include "common/kql/functions/sketch/hyperloglog_json.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace quarry::kql::functions {
namespace {

std::string text_of(const HyperLogLog& sketch) {
  std::string json;
  append_hll(json, sketch);
  return json;
}

std::string text_of(const Digest& digest) {
  std::string json;
  append_digest(json, digest);
  return json;
}

HyperLogLog hll_of(std::size_t values, int precision = HyperLogLog::kDefaultPrecision) {
  std::mt19937_64 random(7);
  HyperLogLog sketch(precision);
  for (std::size_t i = 0; i < values; ++i) sketch.add(random());
  return sketch;
}

Digest digest_of(std::size_t values) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> distribution(-1e6, 1e6);
  Digest digest;
  for (std::size_t i = 0; i < values; ++i) digest.sketch.add(key_of_real(distribution(random)));
  return digest;
}

/// The text with one to three bytes changed.
std::string damaged(std::string text, std::mt19937_64& random) {
  for (auto times = random() % 3 + 1; times > 0; --times) {
    const char replacements[]{'[', ']', ',', '"', '0', '9', '-', '.', 'e', 'A', ' '};
    text[random() % text.size()] = replacements[random() % std::size(replacements)];
  }
  return text;
}

}  // namespace

TEST_CASE("a stored hyperloglog reads back as it was") {
  for (const int precision : {12, 14, 18}) {
    for (const std::size_t values : {0, 1, 1024, 1025, 50'000}) {
      const HyperLogLog sketch = hll_of(values, precision);
      const std::string json = text_of(sketch);
      const auto read = read_hll(DynamicView(json));
      REQUIRE(read.has_value());
      CHECK(read->count() == sketch.count());
      CHECK(text_of(*read) == json);
    }
  }
}

TEST_CASE(
    "hyperloglogs of two precisions merge into the lower one, as if all values had gone there") {
  for (const std::size_t values : {100, 50'000}) {
    HyperLogLog low = hll_of(values, 12);
    const std::string alone = text_of(low);
    HyperLogLog high = hll_of(values, 17);
    low.merge(high);
    CHECK(text_of(low) == alone);
    high.merge(hll_of(values, 12));
    CHECK(text_of(high) == alone);
  }
}

TEST_CASE("a stored digest reads back as it was") {
  for (const std::size_t values : {0, 1, 1024, 5000, 100'000}) {
    const Digest digest = digest_of(values);
    const std::string json = text_of(digest);
    const auto read = read_digest(DynamicView(json));
    REQUIRE(read.has_value());
    CHECK(read->sketch.total() == values);
    CHECK(text_of(*read) == json);
    CHECK(json.size() < 80'000);
  }
}

TEST_CASE("damaged sketches are refused or harmless") {
  std::mt19937_64 random(3);
  const std::string texts[]{text_of(hll_of(30)), text_of(hll_of(3000, 12)), text_of(digest_of(30)),
                            text_of(digest_of(3000))};
  const double percentages[]{0, 50, 100};
  for (int i = 0; i < 2000; ++i) {
    for (const std::string& text : texts) {
      const std::string json = damaged(text, random);
      if (auto sketch = read_hll(DynamicView(json))) {
        sketch->merge(hll_of(10, 14));
        CHECK(sketch->count() >= 0);
      }
      auto digest = read_digest(DynamicView(json));
      if (!digest || digest->sketch.empty()) continue;
      digest->merge(digest_of(10));
      CHECK(digest->sketch.at(percentages).size() == 3);
      CHECK(digest->sketch.rank(0) >= 0);
    }
  }
}

TEST_CASE("buckets that no key can fall into are refused") {
  std::string keys, counts;
  for (int i = 0; i < 5000; ++i) {
    keys += (i == 0 ? "" : ",") + std::to_string(i);
    counts += i == 0 ? "1" : ",1";
  }
  CHECK_FALSE(read_digest(DynamicView("[[1,\"real\",63,0,1],[" + keys + "],[" + counts + "]]"))
                  .has_value());
}

}  // namespace quarry::kql::functions
