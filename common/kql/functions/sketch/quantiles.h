// Quantiles of a stream of numbers: exact up to 4,096 values, beyond that from a histogram whose
// resolution adapts.
//
// A value is mapped to a 64-bit key that keeps the order: the bits of a double (so that a bucket is
// a relative error, as the logarithmic sketches have it), or the ticks of a datetime as they are.
// Buckets are keys without their lowest `shift` bits, and `shift` is the least with which at most
// 8,192 buckets are occupied. For a set of values that least shift and every count are the same in
// whatever order they came or were merged, so results are, too. Few distinct values stay exact.
#pragma once

#include "common/kql/kernel/state_bytes.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace quarry::kql::functions {

/// Order-keeping keys of doubles.
std::int64_t key_of_real(double value);
double real_of_key(std::int64_t key);

/// How much a sketch may keep.
struct QuantileLimits {
  std::uint32_t exact = 4096;
  std::uint32_t buckets = 8192;
};

class Quantiles {
 public:
  struct Bucket {
    std::int64_t key;  // shifted
    std::uint64_t count;
  };
  /// All that a sketch knows. `least` and `greatest` matter only where `shift` is not 0.
  struct Content {
    std::vector<Bucket> buckets;  // sorted
    int shift = 0;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t greatest = std::numeric_limits<std::int64_t>::min();
  };

  explicit Quantiles(QuantileLimits limits = {}) : limits_(limits) {}
  /// A sketch with the content of another one that had the same limits.
  Quantiles(Content content, QuantileLimits limits);

  void add(std::int64_t key, std::uint64_t weight = 1) {
    pending_.push_back({key, weight});
    total_ += weight;
    if (pending_.size() > limits_.exact) fold();
  }
  void merge(const Quantiles& other);

  bool empty() const { return total_ == 0; }
  std::uint64_t total() const { return total_; }
  Content content() const;
  /// How many values are at most `key`; of the bucket that the key lies in, half are taken to be.
  double rank(std::int64_t key) const;
  /// For each percentage 0 … 100 the key of the value with rank ceil(p / 100 * total), as Kusto's
  /// percentile() takes it. Not for an empty sketch.
  std::vector<std::int64_t> at(std::span<const double> percentages) const;

  void save(StateWriter& out) const;
  /// With the limits of the sketch that was saved.
  static Quantiles loaded(StateReader& in);

 private:
  void fold();
  static void sort_and_unite(std::vector<Bucket>& buckets);
  static std::int64_t middle_of(std::int64_t bucket, const Content& all);

  QuantileLimits limits_;
  std::vector<Bucket> pending_;  // unshifted
  std::vector<Bucket> buckets_;  // sorted; empty in the exact stage
  int shift_ = 0;
  std::uint64_t total_ = 0;
  std::int64_t least_ = std::numeric_limits<std::int64_t>::max();  // of what was folded
  std::int64_t greatest_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace quarry::kql::functions
