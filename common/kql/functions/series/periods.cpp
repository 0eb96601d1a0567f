// The straight line is taken out of the series first: a trend likens all distances. The likeness at
// distance k is the mean of x[i] x[i + k] divided by the variance (autocorrelation, unbiased), all
// distances at once by way of the power spectrum. A period is a distance whose likeness is higher
// than at the distances beside it, and either the highest of all or the highest near the length of
// a wave that stands out of the spectrum (Vlachos et al., "On Periodicity Detection and Structural
// Periodic Similarity", 2005). What two series without any connection would reach now and then, 2 /
// sqrt(n), counts as 0.
#include "common/kql/functions/series/periods.h"

#include "common/kql/functions/series/fourier.h"
#include "common/kql/functions/series/line_fit.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace quarry::kql::functions {
namespace {

/// How much better a longer period must be than one that divides it.
constexpr double kAdvantage = 1.05;

/// Power in relation to noise's from which on a wave stands out.
constexpr double kLoud = 4;

using Spectrum = std::vector<std::complex<double>>;

Spectrum without_line(std::span<const double> values) {
  const LineFit line = fit_line(values);
  Spectrum rest(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) rest[i] = values[i] - line.at(i);
  return rest;
}

/// Turns values into squared sizes of their waves.
void to_power(Spectrum& values) {
  fourier_transform(values, Direction::kForward);
  for (std::complex<double>& each : values) each = std::norm(each);
}

/// Waves that are stronger than those beside them and than noise is, which the middle of all tells.
std::vector<std::size_t> loud_waves(const Spectrum& power) {
  const std::size_t half = power.size() / 2;
  std::vector<double> sorted;
  for (std::size_t k = 1; k <= half; ++k) sorted.push_back(power[k].real());
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(half / 2),
                   sorted.end());
  const double floor = kLoud * sorted[half / 2];
  std::vector<std::size_t> waves;
  for (std::size_t k = 2; k < half; ++k) {
    const double here = power[k].real();
    if (here > floor && here >= power[k - 1].real() && here >= power[k + 1].real())
      waves.push_back(k);
  }
  return waves;
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
  Spectrum spectrum = without_line(values);
  Spectrum power = spectrum;
  to_power(power);
  spectrum.resize(std::bit_ceil(2 * size_));  // zeros behind, so that the ends do not meet
  to_power(spectrum);
  fourier_transform(spectrum, Direction::kInverse);
  const double variance = spectrum[0].real() / static_cast<double>(size_);
  double greatest = 0;
  for (const double value : values) greatest = std::fmax(greatest, std::fabs(value));
  if (!(variance > 1e-20 * greatest * greatest)) return;  // a straight line, but for rounding
  for (std::size_t k = 0; k <= size_ / 2; ++k)
    likeness_.push_back(spectrum[k].real() / static_cast<double>(size_ - k) / variance);
  waves_ = loud_waves(power);
}

double PeriodFinder::score(double length) const {
  const double rounded = std::round(length);
  if (!(rounded >= static_cast<double>(kShortestPeriod)) ||
      !(rounded < static_cast<double>(likeness_.size())))
    return 0;
  const double likeness = likeness_[static_cast<std::size_t>(rounded)];
  return likeness < 2 / std::sqrt(static_cast<double>(size_)) ? 0 : std::fmin(likeness, 1);
}

std::vector<Period> PeriodFinder::peaks(double least, double most) const {
  std::vector<Period> result;
  for (std::size_t k = kShortestPeriod; k + 1 < likeness_.size(); ++k) {
    const double length = static_cast<double>(k);
    if (length < least || length > most || likeness_[k] <= likeness_[k - 1] ||
        likeness_[k] < likeness_[k + 1])
      continue;
    if (const double score_here = score(length); score_here > 0) result.push_back({k, score_here});
  }
  return result;
}

std::vector<Period> PeriodFinder::find(double least, double most, std::size_t count) const {
  const std::vector<Period> all = peaks(least, most);
  const auto worse = [](const Period& a, const Period& b) { return a.score < b.score; };
  std::vector<Period> candidates;
  if (!all.empty()) candidates.push_back(*std::max_element(all.begin(), all.end(), worse));
  for (const std::size_t wave :
       waves_) {  // lengths between those of the next slower and the next faster wave
    const auto first = std::partition_point(all.begin(), all.end(), [&](const Period& each) {
      return each.length * (wave + 1) < size_;
    });
    const auto last = std::partition_point(
        first, all.end(), [&](const Period& each) { return each.length * (wave - 1) <= size_; });
    if (first != last) candidates.push_back(*std::max_element(first, last, worse));
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Period& a, const Period& b) { return worse(b, a); });
  std::vector<Period> found;
  const auto take = [&](const Period& period) {
    const bool known = std::any_of(found.begin(), found.end(), [&](const Period& each) {
      return each.length == period.length || is_multiple(period.length, each.length);
    });
    if (!known) found.push_back(period);
  };
  for (std::size_t i = 0; i < candidates.size() && found.size() < count; ++i) {
    // Of lengths that divide this one and are nearly as good the shortest is meant.
    Period chosen = candidates[i];
    for (std::size_t j = i + 1;
         j < candidates.size() && candidates[j].score * kAdvantage >= candidates[i].score; ++j) {
      if (candidates[j].length < chosen.length &&
          is_multiple(candidates[i].length, candidates[j].length))
        chosen = candidates[j];
    }
    take(chosen);
  }
  return found;
}

}  // namespace quarry::kql::functions
