// The straight line nearest to a series. KQL: the first element stands at x = 1.
#pragma once

#include <cstddef>
#include <span>

namespace quarry::kql::functions {

struct LineFit {
  double slope = 0;
  double interception = 0;       // where x is 0
  double squared_distances = 0;  // of the values from their mean
  double squared_residuals = 0;  // of the values from the line
  std::size_t size = 0;

  /// The line at the place of element i.
  double at(std::size_t i) const { return interception + slope * static_cast<double>(i + 1); }
  double variance() const { return of_sample(squared_distances); }
  double residual_variance() const { return of_sample(squared_residuals); }
  /// 1 where the line goes through all values, also where they are all equal.
  double rsquare() const {
    return squared_distances == 0 ? 1 : 1 - squared_residuals / squared_distances;
  }

 private:
  double of_sample(double squares) const {
    return size < 2 ? 0 : squares / static_cast<double>(size - 1);
  }
};

/// Precondition: there is at least one value.
LineFit fit_line(std::span<const double> values);

}  // namespace quarry::kql::functions
