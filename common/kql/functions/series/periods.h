// Periods in a series: how alike it is to itself, moved by so many places.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace quarry::kql::functions {

/// KQL: shorter periods are not seen, and longer ones than half of the series neither.
inline constexpr std::size_t kShortestPeriod = 4;

struct Period {
  std::size_t length = 0;
  double score = 0;  // from 0 to 1
};

class PeriodFinder {
 public:
  explicit PeriodFinder(std::span<const double> values);

  /// 0 where the length is out of bounds or the likeness is no more than chance gives.
  double score(double length) const;
  /// The best periods from `least` to `most`, best first. A multiple of a period is told apart only
  /// if it scores higher.
  std::vector<Period> find(double least, double most, std::size_t count) const;

 private:
  std::vector<Period> peaks(double least, double most) const;

  std::size_t size_;
  std::vector<double> likeness_;  // autocorrelation by distance, up to half of the series
  std::vector<std::size_t>
      waves_;  // how often the waves go through the series that stand out of its spectrum
};

}  // namespace quarry::kql::functions
