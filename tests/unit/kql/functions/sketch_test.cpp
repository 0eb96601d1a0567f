// Sketches against exact answers.
#include "common/kql/functions/sketch/hash_set.h"
#include "common/kql/functions/sketch/hyperloglog.h"
#include "common/kql/functions/sketch/quantiles.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <unordered_set>
#include <vector>

namespace quarry::kql::functions {

TEST_CASE("hyperloglog counts exactly up to its limit and closely beyond") {
  std::mt19937_64 random(11);
  HyperLogLog sketch;
  std::unordered_set<std::uint64_t> exact;
  sketch.add(0);
  exact.insert(0);
  for (std::size_t next = 1; next <= 4'000'000; next *= 2) {
    while (exact.size() < next) {
      const std::uint64_t hash = random();
      exact.insert(hash);
      sketch.add(hash);
      if (hash % 3 == 0) sketch.add(hash);
    }
    const auto size = static_cast<double>(exact.size());
    if (exact.size() <= HyperLogLog::kExactLimit)
      CHECK(sketch.count() == static_cast<std::int64_t>(exact.size()));
    else
      CHECK(std::fabs(static_cast<double>(sketch.count()) - size) < 0.035 * size);
  }
}

TEST_CASE("hyperloglog of each accuracy stays within four standard errors") {
  for (const int precision : {12, 14, 16, 17, 18}) {
    std::mt19937_64 random(5);
    HyperLogLog sketch(precision);
    for (int i = 0; i < 300'000; ++i) sketch.add(random());
    CHECK(std::fabs(static_cast<double>(sketch.count()) - 300'000) <
          4 * 1.04 / std::exp2(precision / 2.0) * 300'000);
  }
}

TEST_CASE("a hash set holds zero and grows") {
  HashSet set, other;
  for (std::uint64_t i = 0; i < 10'000; ++i) set.add(i * 0x9e3779b97f4a7c15ULL);
  for (std::uint64_t i = 5000; i < 12'000; ++i) other.add(i * 0x9e3779b97f4a7c15ULL);
  set.merge(other);
  CHECK(set.size() == 12'000);
}

TEST_CASE("keys of reals keep their order") {
  const double values[]{-INFINITY, -1e300, -1.5, -1e-310, 0.0, 1e-310, 1.0, 1.5, 1e300, INFINITY};
  for (std::size_t i = 0; i + 1 < std::size(values); ++i)
    CHECK(key_of_real(values[i]) < key_of_real(values[i + 1]));
  for (const double value : values) CHECK(real_of_key(key_of_real(value)) == value);
  CHECK(key_of_real(-0.0) == key_of_real(0.0));
}

TEST_CASE("quantiles of heavy-tailed values are within one per cent of the exact value") {
  std::mt19937_64 random(9);
  std::lognormal_distribution<double> draw(3, 4);
  Quantiles sketch;
  std::vector<double> values;
  for (int i = 0; i < 200'000; ++i) {
    values.push_back(draw(random));
    sketch.add(key_of_real(values.back()));
  }
  std::sort(values.begin(), values.end());
  const double percentages[]{0, 1, 10, 50, 90, 99, 100};
  const auto keys = sketch.at(percentages);
  for (std::size_t i = 0; i < std::size(percentages); ++i) {
    const auto rank =
        static_cast<std::size_t>(std::fmax(1, std::ceil(percentages[i] / 100 * 200'000)));
    CHECK(std::fabs(real_of_key(keys[i]) / values[rank - 1] - 1) < 0.01);
  }
}

TEST_CASE("quantiles of few distinct values are exact whatever their number") {
  Quantiles sketch;
  for (int i = 0; i < 100'000; ++i) sketch.add(key_of_real(i % 1000));
  const double percentages[]{25, 50, 99.9};
  const auto keys = sketch.at(percentages);
  CHECK(real_of_key(keys[0]) == 249);
  CHECK(real_of_key(keys[1]) == 499);
  CHECK(real_of_key(keys[2]) == 998);
}

}  // namespace quarry::kql::functions
