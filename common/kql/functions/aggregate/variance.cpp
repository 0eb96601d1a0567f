// variance(), stdev(), covariance() and their population forms, from sums of values and of exact
// products in pairs of doubles: the same result in whatever order the rows come. KQL: of no rows,
// or of one where a sample needs two, the result is 0.
#include "common/kql/functions/aggregate/wide_sum.h"
#include "common/kql/functions/aggregate_inl.h"

#include <cmath>

namespace quarry::kql::functions {
namespace {

enum class Of : std::uint8_t { kSample, kPopulation };
enum class Root : std::uint8_t { kNo, kYes };

class Moments {
 public:
  void add(double x, double y) {
    x_ = x_ + DoubleDouble{x, 0};
    y_ = y_ + DoubleDouble{y, 0};
    xy_ = xy_ + DoubleDouble::product(x, y);
    ++count_;
  }
  void merge(const Moments& other) {
    x_ = x_ + other.x_;
    y_ = y_ + other.y_;
    xy_ = xy_ + other.xy_;
    count_ += other.count_;
  }
  double covariance(Of of) const {
    const double divisor = static_cast<double>(of == Of::kSample ? count_ - 1 : count_);
    if (divisor <= 0) return 0;
    return ((xy_ - x_ * y_ / static_cast<double>(count_)) / divisor).value();
  }

 private:
  DoubleDouble x_, y_, xy_;
  std::int64_t count_ = 0;
};

template <Of kOf, Root kRoot>
struct Variance {
  Moments moments;
  void add(double value) { moments.add(value, value); }
  void merge(const Variance& later) { moments.merge(later.moments); }
  double result() const {
    const double variance = std::fmax(moments.covariance(kOf), 0.0);
    return kRoot == Root::kYes ? std::sqrt(variance) : variance;
  }
};

template <Of kOf>
struct Covariance {
  Moments moments;
  void add(double x, double y) { moments.add(x, y); }
  void merge(const Covariance& later) { moments.merge(later.moments); }
  double result() const { return moments.covariance(kOf); }
};

constexpr Param kParams[]{{"expr", "The numbers; nulls are left out."}};
constexpr Param kPairParams[]{
    {"expr1", "The numbers."},
    {"expr2", "The numbers that go with them; pairs with a null are left out."}};

constexpr AggregateDef kStdev{
    .name = "stdev",
    .predicate_form = "stdevif",
    .summary = "Returns the standard deviation of a sample.",
    .params = kParams,
    .example = {"range x from 1 to 5 step 1 | summarize stdev(x)", "1.5811388300841898"},
    .overloads = aggregates<Variance<Of::kSample, Root::kYes>>};
constexpr AggregateDef kStdevp{
    .name = "stdevp",
    .predicate_form = "stdevpif",
    .summary = "Returns the standard deviation of a whole population.",
    .params = kParams,
    .example = {"range x from 1 to 5 step 1 | summarize stdevp(x)", "1.4142135623730951"},
    .overloads = aggregates<Variance<Of::kPopulation, Root::kYes>>};
constexpr AggregateDef kVariance{
    .name = "variance",
    .predicate_form = "varianceif",
    .summary = "Returns the variance of a sample.",
    .params = kParams,
    .example = {"range x from 1 to 5 step 1 | summarize variance(x)", "2.5"},
    .overloads = aggregates<Variance<Of::kSample, Root::kNo>>};
constexpr AggregateDef kVariancep{
    .name = "variancep",
    .predicate_form = "variancepif",
    .summary = "Returns the variance of a whole population.",
    .params = kParams,
    .example = {"range x from 1 to 5 step 1 | summarize variancep(x)", "2.0"},
    .overloads = aggregates<Variance<Of::kPopulation, Root::kNo>>};
constexpr AggregateDef kCovariance{
    .name = "covariance",
    .predicate_form = "covarianceif",
    .summary = "Returns the covariance of two samples.",
    .params = kPairParams,
    .example = {"range x from 1 to 5 step 1 | summarize covariance(x, 2 * x)", "5.0"},
    .overloads = aggregates<Covariance<Of::kSample>>,
    .values = 2};
constexpr AggregateDef kCovariancep{
    .name = "covariancep",
    .predicate_form = "covariancepif",
    .summary = "Returns the covariance of two whole populations.",
    .params = kPairParams,
    .example = {"range x from 1 to 5 step 1 | summarize covariancep(x, 2 * x)", "4.0"},
    .overloads = aggregates<Covariance<Of::kPopulation>>,
    .values = 2};

constexpr const AggregateDef* kDefs[]{&kStdev,     &kStdevp,     &kVariance,
                                      &kVariancep, &kCovariance, &kCovariancep};

}  // namespace

extern constinit const FunctionTable kVarianceAggregates{.family = "aggregate",
                                                         .aggregates = kDefs};

}  // namespace quarry::kql::functions
