#include "common/kql/functions/series/line_fit.h"

#include "common/kql/functions/series/series.h"

namespace quarry::kql::functions {

// Two passes, around the means, so that large values far from 0 do not cost precision.
LineFit fit_line(std::span<const double> values) {
  LineFit fit;
  fit.size = values.size();
  const double mean_x = (static_cast<double>(values.size()) + 1) / 2;
  const double mean_y = mean_of(values);
  double squares_x = 0;
  double products = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = static_cast<double>(i + 1) - mean_x;
    squares_x += x * x;
    products += x * (values[i] - mean_y);
  }
  fit.slope = squares_x == 0 ? 0 : products / squares_x;
  fit.interception = mean_y - fit.slope * mean_x;
  for (std::size_t i = 0; i < values.size(); ++i) {
    fit.squared_distances += (values[i] - mean_y) * (values[i] - mean_y);
    fit.squared_residuals += (values[i] - fit.at(i)) * (values[i] - fit.at(i));
  }
  return fit;
}

}  // namespace quarry::kql::functions
