// avg() and avgif(). KQL: the mean of no number is NaN, that of no datetime or timespan null.
#include <limits>

#include "common/kql/functions/aggregate/wide_sum.h"
#include "common/kql/functions/aggregate_inl.h"

namespace quarry::kql::functions {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <class V>
struct AvgInteger {
  IntegerSum sum;
  std::int64_t count = 0;
  void add(V value) {
    sum.add(value);
    ++count;
  }
  void merge(const AvgInteger& later) {
    sum.add(later.sum);
    count += later.count;
  }
  double result() const { return count == 0 ? kNaN : sum.real() / static_cast<double>(count); }
};

struct AvgReal {
  RealSum sum;
  std::int64_t count = 0;
  void add(double value) {
    sum.add(value);
    ++count;
  }
  void merge(const AvgReal& later) {
    sum.add(later.sum);
    count += later.count;
  }
  double result() const { return count == 0 ? kNaN : sum.value() / static_cast<double>(count); }
};

template <class V>
struct AvgTicks {
  IntegerSum sum;
  std::int64_t count = 0;
  void add(V value) {
    sum.add(value.ticks);
    ++count;
  }
  void merge(const AvgTicks& later) {
    sum.add(later.sum);
    count += later.count;
  }
  std::optional<V> result() const { return count == 0 ? std::nullopt : std::optional(V{sum.mean(count)}); }
};

struct AvgDecimal {
  std::optional<Decimal> sum = Decimal{};
  std::int64_t count = 0;
  void add(Decimal value) {
    if (sum) sum = apply(DecimalOp::kAdd, *sum, value);
    ++count;
  }
  void merge(const AvgDecimal& later) {
    sum = sum && later.sum ? apply(DecimalOp::kAdd, *sum, *later.sum) : std::nullopt;
    count += later.count;
  }
  std::optional<Decimal> result() const {
    if (!sum || count == 0) return std::nullopt;
    return apply(DecimalOp::kDivide, *sum, decimal_from(count));
  }
};

constexpr Param kParams[]{{"expr", "Numbers, timespans or datetimes; nulls are left out."}};
constexpr AggregateDef kAvg{.name = "avg",
                            .predicate_form = "avgif",
                            .summary = "Returns the mean of the values of a group.",
                            .params = kParams,
                            .example = {"range x from 1 to 4 step 1 | summarize avg(x)", "2.5"},
                            .overloads = aggregates<AvgReal, AvgInteger<std::int64_t>, AvgInteger<std::int32_t>, AvgDecimal,
                                                    AvgTicks<Timespan>, AvgTicks<Datetime>>};

constexpr const AggregateDef* kDefs[]{&kAvg};

}  // namespace

extern constinit const FunctionTable kAvgAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
