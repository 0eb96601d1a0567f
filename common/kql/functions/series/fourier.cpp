// Lengths that are powers of two go by Cooley and Tukey; other short ones by the definition, which
// rounds least; the rest become a convolution of such a length (Bluestein): with jk = (j² + k² - (j
// - k)²) / 2 the transform is a chirp times the convolution of (values times chirp) with the
// chirp's conjugate.
#include "common/kql/functions/series/fourier.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

namespace quarry::kql::functions {
namespace {

using Complex = std::complex<double>;

/// Exact where the part of a turn is quarters, so that zeros stay zeros.
Complex turn(double part) {
  const double quarters = part * 4;
  if (quarters != std::round(quarters)) return std::polar(1.0, 2 * std::numbers::pi * part);
  static constexpr Complex kQuarters[]{{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  return kQuarters[static_cast<std::size_t>(static_cast<std::int64_t>(quarters) & 3)];
}

/// `sign` -1: forward. Does not scale.
void transform_power_of_two(std::vector<Complex>& values, double sign) {
  const std::size_t n = values.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {  // into bit-reversed order
    std::size_t bit = n >> 1;
    for (; (j & bit) != 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
  for (std::size_t length = 2; length <= n; length <<= 1) {
    std::vector<Complex> factors(length / 2);
    for (std::size_t k = 0; k < factors.size(); ++k)
      factors[k] = turn(sign * static_cast<double>(k) / static_cast<double>(length));
    for (std::size_t start = 0; start < n; start += length) {
      for (std::size_t k = 0; k < length / 2; ++k) {
        const Complex even = values[start + k];
        const Complex odd = values[start + k + length / 2] * factors[k];
        values[start + k] = even + odd;
        values[start + k + length / 2] = even - odd;
      }
    }
  }
}

constexpr std::size_t kShort = 64;

void transform_short(std::vector<Complex>& values, double sign) {
  const std::size_t n = values.size();
  std::vector<Complex> result(n);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i)
      result[k] += values[i] * turn(sign * static_cast<double>(i * k % n) / static_cast<double>(n));
  }
  values = std::move(result);
}

void transform_any_length(std::vector<Complex>& values, double sign) {
  const std::size_t n = values.size();
  const std::size_t size = std::bit_ceil(2 * n - 1);
  std::vector<Complex> chirp(n);
  for (std::size_t k = 0; k < n; ++k) {  // k² modulo 2n keeps the angle small and exact
    chirp[k] = turn(sign * static_cast<double>(std::uint64_t{k} * k % (2 * n)) /
                    static_cast<double>(2 * n));
  }
  std::vector<Complex> a(size);
  std::vector<Complex> b(size);
  for (std::size_t k = 0; k < n; ++k) a[k] = values[k] * chirp[k];
  b[0] = std::conj(chirp[0]);
  for (std::size_t k = 1; k < n; ++k) b[k] = b[size - k] = std::conj(chirp[k]);
  transform_power_of_two(a, -1);
  transform_power_of_two(b, -1);
  for (std::size_t k = 0; k < size; ++k) a[k] *= b[k];
  transform_power_of_two(a, 1);
  for (std::size_t k = 0; k < n; ++k) values[k] = a[k] / static_cast<double>(size) * chirp[k];
}

}  // namespace

void fourier_transform(std::vector<Complex>& values, Direction direction) {
  if (values.size() < 2) return;
  const double sign = direction == Direction::kForward ? -1 : 1;
  if (std::has_single_bit(values.size()))
    transform_power_of_two(values, sign);
  else if (values.size() <= kShort)
    transform_short(values, sign);
  else
    transform_any_length(values, sign);
  if (direction == Direction::kForward) return;
  for (Complex& value : values) value /= static_cast<double>(values.size());
}

}  // namespace quarry::kql::functions
