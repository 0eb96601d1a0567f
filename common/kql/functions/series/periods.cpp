// The straight line is taken out of the series first: a trend likens all distances. The likeness at distance k is the mean of
// x[i] x[i + k] divided by the variance (autocorrelation, unbiased), all distances at once by way of the power spectrum. A period is
// a distance whose likeness is higher than at the distances beside it. What two series without any connection would reach now and
// then, 2 / sqrt(n), counts as 0.
#include "common/kql/functions/series/periods.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "common/kql/functions/series/fourier.h"
#include "common/kql/functions/series/line_fit.h"

namespace quarry::kql::functions {
namespace {

/// How much better a longer period must be than one that divides it.
constexpr double kAdvantage = 1.05;

std::vector<std::complex<double>> without_line(std::span<const double> values) {
  const LineFit line = fit_line(values);
  std::vector<std::complex<double>> rest(std::bit_ceil(2 * values.size()));  // as many zeros behind, so that ends do not meet
  for (std::size_t i = 0; i < values.size(); ++i) rest[i] = values[i] - line.at(i);
  return rest;
}

/// Is `length` m times `part`, give or take what a rounded part adds up to?
bool is_multiple(std::size_t length, std::size_t part) {
  const std::size_t times = (length + part / 2) / part;
  const std::size_t exact = times * part;
  const std::size_t off = length > exact ? length - exact : exact - length;
  return times >= 2 && off <= times / 2;
}

}  // namespace

PeriodFinder::PeriodFinder(std::span<const double> values) : size_(values.size()) {
  if (size_ < 2 * kShortestPeriod) return;
  std::vector<std::complex<double>> spectrum = without_line(values);
  fourier_transform(spectrum, Direction::kForward);
  for (std::complex<double>& each : spectrum) each = std::norm(each);
  fourier_transform(spectrum, Direction::kInverse);
  const double variance = spectrum[0].real() / static_cast<double>(size_);
  double greatest = 0;
  for (const double value : values) greatest = std::fmax(greatest, std::fabs(value));
  if (!(variance > 1e-20 * greatest * greatest)) return;  // a straight line, but for rounding
  for (std::size_t k = 0; k <= size_ / 2; ++k) likeness_.push_back(spectrum[k].real() / static_cast<double>(size_ - k) / variance);
}

double PeriodFinder::score(double length) const {
  const double rounded = std::round(length);
  if (!(rounded >= static_cast<double>(kShortestPeriod)) || !(rounded < static_cast<double>(likeness_.size()))) return 0;
  const double likeness = likeness_[static_cast<std::size_t>(rounded)];
  return likeness < 2 / std::sqrt(static_cast<double>(size_)) ? 0 : std::fmin(likeness, 1);
}

std::vector<Period> PeriodFinder::find(double least, double most, std::size_t count) const {
  std::vector<Period> peaks;
  for (std::size_t k = kShortestPeriod; k + 1 < likeness_.size(); ++k) {
    const double length = static_cast<double>(k);
    if (length < least || length > most || likeness_[k] <= likeness_[k - 1] || likeness_[k] < likeness_[k + 1]) continue;
    if (const double score_here = score(length); score_here > 0) peaks.push_back({k, score_here});
  }
  std::stable_sort(peaks.begin(), peaks.end(), [](const Period& a, const Period& b) { return a.score > b.score; });
  std::vector<Period> found;
  const auto take = [&](const Period& period) {
    const bool known = std::any_of(found.begin(), found.end(), [&](const Period& each) { return each.length == period.length || is_multiple(period.length, each.length); });
    if (!known) found.push_back(period);
  };
  for (std::size_t i = 0; i < peaks.size() && found.size() < count; ++i) {
    // Of lengths that divide this one and are nearly as good the shortest is meant.
    Period chosen = peaks[i];
    for (std::size_t j = i + 1; j < peaks.size() && peaks[j].score * kAdvantage >= peaks[i].score; ++j) {
      if (peaks[j].length < chosen.length && is_multiple(peaks[i].length, peaks[j].length)) chosen = peaks[j];
    }
    take(chosen);
  }
  return found;
}

}  // namespace quarry::kql::functions
