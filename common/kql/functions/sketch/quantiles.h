// Quantiles of a stream of numbers: exact up to kExactLimit values, beyond that from a histogram whose resolution adapts.
//
// A value is mapped to a 64-bit key that keeps the order: the bits of a double (so that a bucket is a relative error, as the
// logarithmic sketches have it), or the ticks of a datetime as they are. Buckets are keys without their lowest `shift` bits, and
// `shift` is the least with which at most kMaxBuckets buckets are occupied. For a set of values that least shift and every count
// are the same in whatever order they came or were merged, so results are, too. Few distinct values stay exact.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace quarry::kql::functions {

/// Order-keeping keys of doubles.
std::int64_t key_of_real(double value);
double real_of_key(std::int64_t key);

class Quantiles {
 public:
  static constexpr std::size_t kExactLimit = 4096;
  static constexpr std::size_t kMaxBuckets = 8192;

  void add(std::int64_t key, std::uint64_t weight = 1) {
    pending_.push_back({key, weight});
    total_ += weight;
    if (pending_.size() > kExactLimit) fold();
  }
  void merge(const Quantiles& other);

  bool empty() const { return total_ == 0; }
  /// For each percentage 0 … 100 the key of the value with rank ceil(p / 100 * total), as Kusto's percentile() takes it.
  /// Not for an empty sketch.
  std::vector<std::int64_t> at(std::span<const double> percentages) const;

 private:
  struct Bucket {
    std::int64_t key;  // shifted
    std::uint64_t count;
  };
  void fold();
  static void sort_and_unite(std::vector<Bucket>& buckets);
  std::int64_t middle_of(std::int64_t bucket) const;

  std::vector<Bucket> pending_;  // unshifted
  std::vector<Bucket> buckets_;  // sorted; empty in the exact stage
  int shift_ = 0;
  std::uint64_t total_ = 0;
  std::int64_t least_ = std::numeric_limits<std::int64_t>::max();  // of what was folded
  std::int64_t greatest_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace quarry::kql::functions
