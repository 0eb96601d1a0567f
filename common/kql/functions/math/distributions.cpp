// beta_cdf(), beta_pdf(), beta_inv() and welch_test(). KQL: parameters outside 0 … 10,000 give NaN.
#include "common/kql/functions/math/incomplete_beta.h"
#include "common/kql/functions/rowwise_inl.h"

#include <cmath>
#include <limits>

namespace quarry::kql::functions {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMaxParameter = 10'000;

bool are_parameters(double alpha, double beta) {
  return alpha > 0 && alpha <= kMaxParameter && beta > 0 && beta <= kMaxParameter;
}
bool is_share(double x) { return x >= 0 && x <= 1; }

double beta_cdf(double x, double alpha, double beta) {
  return is_share(x) && are_parameters(alpha, beta) ? incomplete_beta(x, alpha, beta) : kNaN;
}
double beta_pdf(double x, double alpha, double beta) {
  return is_share(x) && are_parameters(alpha, beta) ? beta_density(x, alpha, beta) : kNaN;
}

/// KQL: a probability outside 0 … 1 is not NaN but null.
std::optional<double> beta_inv(double probability, double alpha, double beta) {
  if (!is_share(probability)) return std::nullopt;
  return are_parameters(alpha, beta) ? inverse_incomplete_beta(probability, alpha, beta) : kNaN;
}

/// Two-sided p-value of Welch's t-test, degrees of freedom after Welch and Satterthwaite: P(|T| >
/// t) is I_x(f / 2, 1 / 2) at x = f / (f + t²). KQL does not say what fewer than two values give:
/// here NaN.
double welch_test(double mean1, double variance1, double count1, double mean2, double variance2,
                  double count2) {
  if (!(count1 > 1 && count2 > 1 && variance1 >= 0 && variance2 >= 0)) return kNaN;
  const double a = variance1 / count1;
  const double b = variance2 / count2;
  const double t_squared = (mean1 - mean2) * (mean1 - mean2) / (a + b);
  const double freedom = (a + b) * (a + b) / (a * a / (count1 - 1) + b * b / (count2 - 1));
  if (std::isnan(t_squared) || std::isnan(freedom)) return kNaN;
  return incomplete_beta(freedom / (freedom + t_squared), freedom / 2, 0.5);
}

constexpr Param kAtValue[]{{"x", "Where: 0 to 1."},
                           {"alpha", "First parameter, above 0."},
                           {"beta", "Second parameter, above 0."}};
constexpr Param kAtProbability[]{{"probability", "0 to 1."},
                                 {"alpha", "First parameter, above 0."},
                                 {"beta", "Second parameter, above 0."}};
constexpr Param kWelch[]{
    {"mean1", "Mean of the first series."}, {"variance1", "Its variance."},
    {"count1", "How many values it has."},  {"mean2", "Mean of the second series."},
    {"variance2", "Its variance."},         {"count2", "How many values it has."}};
constexpr FunctionDef kCdf{.name = "beta_cdf",
                           .summary = "Cumulative distribution function of the beta distribution.",
                           .params = kAtValue,
                           .example = {"print round(beta_cdf(0.5, 2, 3), 4)", "0.6875"},
                           .overloads = rowwise<beta_cdf>};
constexpr FunctionDef kPdf{.name = "beta_pdf",
                           .summary = "Density of the beta distribution.",
                           .params = kAtValue,
                           .example = {"print round(beta_pdf(0.5, 2, 3), 4)", "1.5"},
                           .overloads = rowwise<beta_pdf>};
constexpr FunctionDef kInv{.name = "beta_inv",
                           .summary = "The value at which beta_cdf() has a probability.",
                           .params = kAtProbability,
                           .example = {"print round(beta_inv(0.6875, 2, 3), 4)", "0.5"},
                           .overloads = rowwise<beta_inv>};
constexpr FunctionDef kWelchTest{
    .name = "welch_test",
    .summary =
        "The p-value of Welch's t-test: how likely two series with equal means differ at least as "
        "much.",
    .params = kWelch,
    .example = {"print round(welch_test(20.82, 7.87, 15, 22.99, 3.81, 15), 3)", "0.021"},
    .overloads = rowwise<welch_test>};

constexpr const FunctionDef* kScalars[]{&kCdf, &kPdf, &kInv, &kWelchTest};

}  // namespace

extern constinit const FunctionTable kDistributions{"math", kScalars};

}  // namespace quarry::kql::functions
