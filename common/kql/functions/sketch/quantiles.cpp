#include "common/kql/functions/sketch/quantiles.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace quarry::kql::functions {

std::int64_t key_of_real(double value) {
  const auto bits = std::bit_cast<std::int64_t>(value + 0.0);
  return bits >= 0 ? bits : bits ^ std::numeric_limits<std::int64_t>::max();
}

double real_of_key(std::int64_t key) {
  return std::bit_cast<double>(key >= 0 ? key : key ^ std::numeric_limits<std::int64_t>::max());
}

void Quantiles::sort_and_unite(std::vector<Bucket>& buckets) {
  std::sort(buckets.begin(), buckets.end(), [](const Bucket& a, const Bucket& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (kept != 0 && buckets[kept - 1].key == buckets[i].key) buckets[kept - 1].count += buckets[i].count;
    else buckets[kept++] = buckets[i];
  }
  buckets.resize(kept);
}

void Quantiles::fold() {
  for (const Bucket& value : pending_) {
    least_ = std::min(least_, value.key);
    greatest_ = std::max(greatest_, value.key);
    buckets_.push_back({value.key >> shift_, value.count});
  }
  pending_.clear();
  sort_and_unite(buckets_);
  while (buckets_.size() > kMaxBuckets) {
    ++shift_;
    for (Bucket& bucket : buckets_) bucket.key >>= 1;
    sort_and_unite(buckets_);
  }
}

void Quantiles::merge(const Quantiles& other) {
  total_ += other.total_;
  if (!other.buckets_.empty()) {
    fold();
    const int shift = std::max(shift_, other.shift_);
    for (Bucket& bucket : buckets_) bucket.key >>= shift - shift_;
    for (const Bucket& bucket : other.buckets_) buckets_.push_back({bucket.key >> (shift - other.shift_), bucket.count});
    shift_ = shift;
    least_ = std::min(least_, other.least_);
    greatest_ = std::max(greatest_, other.greatest_);
    fold();
  }
  pending_.insert(pending_.end(), other.pending_.begin(), other.pending_.end());
  if (pending_.size() > kExactLimit) fold();
}

std::int64_t Quantiles::middle_of(std::int64_t bucket) const {
  if (shift_ == 0) return bucket;
  const std::int64_t low = static_cast<std::int64_t>(static_cast<std::uint64_t>(bucket) << shift_);
  return std::clamp(low + (std::int64_t{1} << (shift_ - 1)), least_, greatest_);
}

std::vector<std::int64_t> Quantiles::at(std::span<const double> percentages) const {
  Quantiles sorted = *this;
  if (!sorted.buckets_.empty()) {
    sorted.fold();
  } else {
    sort_and_unite(sorted.pending_);
    sorted.buckets_ = std::move(sorted.pending_);
  }
  std::vector<std::int64_t> result;
  for (const double percentage : percentages) {
    const double share = std::clamp(std::isnan(percentage) ? 0.0 : percentage, 0.0, 100.0) / 100.0;
    const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total_) - 1e-9));
    std::uint64_t passed = 0;
    std::size_t at = 0;
    while (at + 1 < sorted.buckets_.size() && passed + sorted.buckets_[at].count < std::max<std::uint64_t>(rank, 1)) {
      passed += sorted.buckets_[at++].count;
    }
    result.push_back(sorted.middle_of(sorted.buckets_[at].key));
  }
  return result;
}

}  // namespace quarry::kql::functions
