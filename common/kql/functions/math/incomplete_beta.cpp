// By the continued fraction of NIST's Digital Library of Mathematical Functions (8.17.22),
// evaluated after Lentz. It converges fast for x below (a + 1) / (a + b + 2); above, I_x(a, b) = 1
// - I_(1-x)(b, a) is used. Steps needed: about the root of the larger of a, b.
#include "common/kql/functions/math/incomplete_beta.h"

#include <cmath>
#include <limits>

namespace quarry::kql::functions {
namespace {

constexpr int kMaxSteps = 10'000;
constexpr double kTiny = 1e-300;  // stands for 0 in a denominator

double log_beta(double a, double b) {
  int sign = 0;  // std::lgamma writes a global
  return lgamma_r(a, &sign) + lgamma_r(b, &sign) - lgamma_r(a + b, &sign);
}

double not_zero(double x) { return std::fabs(x) < kTiny ? kTiny : x; }

double fraction(double x, double a, double b) {
  double c = 1;
  double d = 1 / not_zero(1 - (a + b) * x / (a + 1));
  double result = d;
  for (int m = 1; m <= kMaxSteps; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / not_zero(1 + even * d);
    c = not_zero(1 + even / c);
    result *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / not_zero(1 + odd * d);
    c = not_zero(1 + odd / c);
    result *= d * c;
    if (std::fabs(d * c - 1) < std::numeric_limits<double>::epsilon()) break;
  }
  return result;
}

}  // namespace

double beta_density(double x, double a, double b) {
  if (x == 0) return a < 1 ? std::numeric_limits<double>::infinity() : a > 1 ? 0 : b;
  if (x == 1) return b < 1 ? std::numeric_limits<double>::infinity() : b > 1 ? 0 : a;
  return std::exp((a - 1) * std::log(x) + (b - 1) * std::log1p(-x) - log_beta(a, b));
}

double incomplete_beta(double x, double a, double b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(a * std::log(x) + b * std::log1p(-x) - log_beta(a, b));
  if (x < (a + 1) / (a + b + 2)) return front * fraction(x, a, b) / a;
  return 1 - front * fraction(1 - x, b, a) / b;
}

/// By halving, which cannot fail where the density is extreme; 1,100 steps reach the smallest
/// double.
double inverse_incomplete_beta(double probability, double a, double b) {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  double low = 0;
  double high = 1;
  for (int step = 0; step < 1100; ++step) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (incomplete_beta(middle, a, b) < probability ? low : high) = middle;
  }
  return high;
}

}  // namespace quarry::kql::functions
