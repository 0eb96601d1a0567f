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
  std::sort(buckets.begin(), buckets.end(),
            [](const Bucket& a, const Bucket& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (kept != 0 && buckets[kept - 1].key == buckets[i].key)
      buckets[kept - 1].count += buckets[i].count;
    else
      buckets[kept++] = buckets[i];
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
  while (buckets_.size() > limits_.buckets) {
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
    for (const Bucket& bucket : other.buckets_)
      buckets_.push_back({bucket.key >> (shift - other.shift_), bucket.count});
    shift_ = shift;
    least_ = std::min(least_, other.least_);
    greatest_ = std::max(greatest_, other.greatest_);
    fold();
  }
  pending_.insert(pending_.end(), other.pending_.begin(), other.pending_.end());
  if (pending_.size() > limits_.exact) fold();
}

std::int64_t Quantiles::middle_of(std::int64_t bucket, const Content& all) {
  if (all.shift == 0) return bucket;
  const auto low = static_cast<std::int64_t>(static_cast<std::uint64_t>(bucket) << all.shift);
  return std::clamp(low + (std::int64_t{1} << (all.shift - 1)), all.least, all.greatest);
}

Quantiles::Quantiles(Content content, QuantileLimits limits) : limits_(limits) {
  for (const Bucket& bucket : content.buckets) total_ += bucket.count;
  if (content.shift == 0) {
    pending_ = std::move(content.buckets);
    if (pending_.size() > limits_.exact) fold();
    return;
  }
  buckets_ = std::move(content.buckets);
  shift_ = content.shift;
  least_ = content.least;
  greatest_ = content.greatest;
  fold();
}

void Quantiles::save(StateWriter& out) const {
  out.put(limits_);
  out.put_all(pending_);
  out.put_all(buckets_);
  out.put(shift_);
  out.put(total_);
  out.put(least_);
  out.put(greatest_);
}

Quantiles Quantiles::loaded(StateReader& in) {
  Quantiles sketch(in.take<QuantileLimits>());
  sketch.pending_ = in.take_all<Bucket>();
  sketch.buckets_ = in.take_all<Bucket>();
  sketch.shift_ = in.take<int>();
  sketch.total_ = in.take<std::uint64_t>();
  sketch.least_ = in.take<std::int64_t>();
  sketch.greatest_ = in.take<std::int64_t>();
  return sketch;
}

Quantiles::Content Quantiles::content() const {
  Quantiles sorted = *this;
  if (!sorted.buckets_.empty()) {
    sorted.fold();
  } else {
    sort_and_unite(sorted.pending_);
    sorted.buckets_ = std::move(sorted.pending_);
  }
  return {std::move(sorted.buckets_), sorted.shift_, sorted.least_, sorted.greatest_};
}

double Quantiles::rank(std::int64_t key) const {
  const Content all = content();
  double passed = 0;
  for (const Bucket& bucket : all.buckets) {
    if (bucket.key > key >> all.shift) break;
    const bool inside = all.shift != 0 && bucket.key == key >> all.shift && key < all.greatest;
    passed += static_cast<double>(bucket.count) * (inside ? 0.5 : 1);
  }
  return passed;
}

std::vector<std::int64_t> Quantiles::at(std::span<const double> percentages) const {
  const Content all = content();
  std::vector<std::int64_t> result;
  for (const double percentage : percentages) {
    const double share = std::clamp(std::isnan(percentage) ? 0.0 : percentage, 0.0, 100.0) / 100.0;
    const double wanted = std::ceil(share * static_cast<double>(total_) - 1e-9);
    const std::uint64_t rank =
        wanted >= static_cast<double>(total_) ? total_ : static_cast<std::uint64_t>(wanted);
    std::uint64_t passed = 0;
    std::size_t at = 0;
    while (at + 1 < all.buckets.size() &&
           passed + all.buckets[at].count < std::max<std::uint64_t>(rank, 1)) {
      passed += all.buckets[at++].count;
    }
    // Both ends are known exactly.
    if (all.shift != 0 && rank >= total_)
      result.push_back(all.greatest);
    else if (all.shift != 0 && rank <= 1)
      result.push_back(all.least);
    else
      result.push_back(middle_of(all.buckets[at].key, all));
  }
  return result;
}

}  // namespace quarry::kql::functions
