// Sums that come out the same in whatever order their values arrive: integers in 128 bits, reals as
// a pair of doubles (the second holds what the first rounds away, after Neumaier) that is rounded
// once at the end.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace quarry::kql::functions {

class IntegerSum {
 public:
  void add(std::int64_t value) {
    const std::uint64_t before = low_;
    low_ += static_cast<std::uint64_t>(value);
    high_ += (value < 0 ? -1 : 0) + (low_ < before ? 1 : 0);
  }
  void add(const IntegerSum& other) {
    const std::uint64_t before = low_;
    low_ += other.low_;
    high_ += other.high_ + (low_ < before ? 1 : 0);
  }
  /// nullopt where 64 bits are too few.
  std::optional<std::int64_t> value() const {
    const auto narrow = static_cast<std::int64_t>(low_);
    if (high_ != (narrow < 0 ? -1 : 0)) return std::nullopt;
    return narrow;
  }
  double real() const {
    return static_cast<double>(static_cast<Wide>(high_) * (static_cast<Wide>(1) << 64) + low_);
  }
  /// Quotient rounded towards zero; count is positive.
  std::int64_t mean(std::int64_t count) const {
    return static_cast<std::int64_t>(
        (static_cast<Wide>(high_) * (static_cast<Wide>(1) << 64) + low_) / count);
  }

 private:
  __extension__ using Wide = __int128;
  std::uint64_t low_ = 0;
  std::int64_t high_ = 0;
};

/// high + low, with |low| far below |high|: some 106 bits.
struct DoubleDouble {
  double high = 0;
  double low = 0;

  static DoubleDouble sum(double a, double b) {
    const double s = a + b;
    const double t = s - a;
    return {s, (a - (s - t)) + (b - t)};
  }
  static DoubleDouble product(double a, double b) {
    const double p = a * b;
    return {p, std::fma(a, b, -p)};
  }
  double value() const { return high + low; }
  DoubleDouble normal() const { return sum(high, low); }
  friend DoubleDouble operator+(const DoubleDouble& a, const DoubleDouble& b) {
    DoubleDouble s = sum(a.high, b.high);
    s.low += a.low + b.low;
    return s.normal();
  }
  friend DoubleDouble operator-(const DoubleDouble& a, const DoubleDouble& b) {
    return a + DoubleDouble{-b.high, -b.low};
  }
  friend DoubleDouble operator*(const DoubleDouble& a, const DoubleDouble& b) {
    DoubleDouble p = product(a.high, b.high);
    p.low += a.high * b.low + a.low * b.high;
    return p.normal();
  }
  friend DoubleDouble operator/(const DoubleDouble& a, double b) {
    const double q = a.high / b;
    const DoubleDouble rest = a - product(q, b);
    return sum(q, rest.value() / b);
  }
};

class RealSum {
 public:
  void add(double value) {
    if (!std::isfinite(value)) {
      special_ += value;
      return;
    }
    const DoubleDouble s = DoubleDouble::sum(sum_.high, value);
    sum_.high = s.high;
    sum_.low += s.low;
  }
  void add(const RealSum& other) {
    special_ += other.special_;
    sum_ = sum_ + other.sum_;
  }
  double value() const {
    if (special_ != 0) return special_;  // NaN differs from 0 too
    return std::isfinite(sum_.high) ? sum_.value() : sum_.high;
  }

 private:
  DoubleDouble sum_;
  double special_ = 0;  // of infinities and NaN, which must not reach the pair
};

}  // namespace quarry::kql::functions
