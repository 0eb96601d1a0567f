#include "common/kql/functions/sketch/hyperloglog.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace quarry::kql::functions {
namespace {

/// Ertl's sigma: what registers that were never hit contribute.
double sigma(double x) {
  if (x == 1.0) return std::numeric_limits<double>::infinity();
  double power = 1.0;
  double sum = x;
  for (double before = -1.0; sum != before;) {
    x *= x;
    before = sum;
    sum += x * power;
    power += power;
  }
  return sum;
}

/// Ertl's tau: what saturated registers contribute.
double tau(double x) {
  if (x == 0.0 || x == 1.0) return 0.0;
  double power = 1.0;
  double sum = 1.0 - x;
  for (double before = -1.0; sum != before;) {
    x = std::sqrt(x);
    before = sum;
    power *= 0.5;
    sum -= (1.0 - x) * (1.0 - x) * power;
  }
  return sum / 3.0;
}

}  // namespace

void HyperLogLog::add(std::uint64_t hash) {
  if (registers_.empty())
    add_exact(hash);
  else
    add_to_registers(hash);
}

void HyperLogLog::add_exact(std::uint64_t hash) {
  if (hash == 0) {
    has_zero_ = true;
    return;
  }
  if (exact_.empty()) exact_.resize(8);
  const std::size_t mask = exact_.size() - 1;
  std::size_t slot = hash & mask;
  while (exact_[slot] != 0) {
    if (exact_[slot] == hash) return;
    slot = (slot + 1) & mask;
  }
  exact_[slot] = hash;
  if (++exact_count_ > kExactLimit)
    to_registers();
  else if (exact_count_ * 2 > exact_.size())
    grow();
}

void HyperLogLog::grow() {
  std::vector<std::uint64_t> old(exact_.size() * 2);
  old.swap(exact_);
  const std::size_t mask = exact_.size() - 1;
  for (const std::uint64_t hash : old) {
    if (hash == 0) continue;
    std::size_t slot = hash & mask;
    while (exact_[slot] != 0) slot = (slot + 1) & mask;
    exact_[slot] = hash;
  }
}

void HyperLogLog::to_registers() {
  registers_.assign(std::size_t{1} << precision_, 0);
  for (const std::uint64_t hash : exact_) {
    if (hash != 0) add_to_registers(hash);
  }
  if (has_zero_) add_to_registers(0);
  exact_ = {};
}

void HyperLogLog::add_to_registers(std::uint64_t hash) {
  const std::size_t at = static_cast<std::size_t>(hash >> (64 - precision_));
  const std::uint64_t rest =
      (hash << precision_) | (std::uint64_t{1} << (precision_ - 1));  // a stop bit: at most 65 - p
  const auto rank = static_cast<std::uint8_t>(std::countl_zero(rest) + 1);
  registers_[at] = std::max(registers_[at], rank);
}

void HyperLogLog::merge(const HyperLogLog& other) {
  lower_precision(other.precision_);
  if (other.registers_.empty()) {
    for (const std::uint64_t hash : other.exact_) {
      if (hash != 0) add(hash);
    }
    if (other.has_zero_) add(0);
    return;
  }
  if (registers_.empty()) to_registers();
  if (other.precision_ != precision_) {
    HyperLogLog lowered = other;
    lowered.lower_precision(precision_);
    return merge(lowered);
  }
  for (std::size_t i = 0; i < registers_.size(); ++i)
    registers_[i] = std::max(registers_[i], other.registers_[i]);
}

/// The bits that no longer choose a register stand before those whose zeros were counted.
void HyperLogLog::lower_precision(int precision) {
  if (precision >= precision_) return;
  const int moved = precision_ - precision;
  precision_ = precision;
  if (registers_.empty()) return;
  std::vector<std::uint8_t> lower(std::size_t{1} << precision, 0);
  for (std::size_t i = 0; i < registers_.size(); ++i) {
    if (registers_[i] == 0) continue;
    const std::size_t bits = i & ((std::size_t{1} << moved) - 1);
    const int rank =
        bits == 0 ? moved + registers_[i] : moved - static_cast<int>(std::bit_width(bits)) + 1;
    std::uint8_t& target = lower[i >> moved];
    target = std::max(target, static_cast<std::uint8_t>(rank));
  }
  registers_ = std::move(lower);
}

std::vector<std::uint64_t> HyperLogLog::hashes() const {
  std::vector<std::uint64_t> result;
  if (has_zero_ && registers_.empty()) result.push_back(0);
  for (const std::uint64_t hash : exact_) {
    if (hash != 0) result.push_back(hash);
  }
  std::sort(result.begin(), result.end());
  return result;
}

void HyperLogLog::save(StateWriter& out) const {
  out.put(precision_);
  out.put_all(registers_);
  if (registers_.empty()) out.put_all(hashes());
}

HyperLogLog HyperLogLog::loaded(StateReader& in) {
  const int precision = in.take<int>();
  HyperLogLog sketch(precision, in.take_all<std::uint8_t>());
  if (sketch.registers_.empty()) {
    for (const std::uint64_t hash : in.take_all<std::uint64_t>()) sketch.add(hash);
  }
  return sketch;
}

std::int64_t HyperLogLog::count() const {
  if (registers_.empty()) return static_cast<std::int64_t>(exact_count_) + (has_zero_ ? 1 : 0);
  return std::llround(estimate());
}

double HyperLogLog::estimate() const {
  const int q = 64 - precision_;
  std::vector<double> histogram(static_cast<std::size_t>(q) + 2);
  for (const std::uint8_t value : registers_) histogram[value] += 1;
  const auto m = static_cast<double>(registers_.size());
  double z = m * tau(1.0 - histogram[static_cast<std::size_t>(q) + 1] / m);
  for (int k = q; k >= 1; --k) z = 0.5 * (z + histogram[static_cast<std::size_t>(k)]);
  z += m * sigma(histogram[0] / m);
  return m * m / (2.0 * std::log(2.0) * z);
}

}  // namespace quarry::kql::functions
