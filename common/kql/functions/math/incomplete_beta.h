// The regularised incomplete beta function: the distribution function of the beta distribution, and
// what Student's t comes down to.
#pragma once

namespace quarry::kql::functions {

/// Density of the beta distribution at 0 <= x <= 1; a and b are positive.
double beta_density(double x, double a, double b);
/// I_x(a, b) for 0 <= x <= 1; a and b are positive.
double incomplete_beta(double x, double a, double b);
/// The x at which I_x(a, b) is `probability` (0 … 1).
double inverse_incomplete_beta(double probability, double a, double b);

}  // namespace quarry::kql::functions
