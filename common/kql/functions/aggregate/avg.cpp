// avg() and avgif(). KQL: the mean of no number is NaN, that of no datetime or timespan null.
#include "common/kql/functions/aggregate/wide_sum.h"
#include "common/kql/functions/aggregate_inl.h"

#include <limits>

namespace quarry::kql::functions {
namespace {

class DecimalSum {
 public:
  void add(const Decimal& value) {
    if (sum_) sum_ = apply(DecimalOp::kAdd, *sum_, value);
  }
  void add(const DecimalSum& other) {
    sum_ = sum_ && other.sum_ ? apply(DecimalOp::kAdd, *sum_, *other.sum_) : std::nullopt;
  }
  /// nullopt once a sum did not fit.
  std::optional<Decimal> mean(std::int64_t count) const {
    return sum_ ? apply(DecimalOp::kDivide, *sum_, decimal_from(count)) : std::nullopt;
  }

 private:
  std::optional<Decimal> sum_ = Decimal{};
};

/// What is added up for a value of type V, and what the mean of some (count is not 0) is.
template <class V>
struct Summed {
  using Sum = IntegerSum;
  static std::int64_t addend(V value) { return value; }
  static double mean(const Sum& sum, std::int64_t count) {
    return sum.real() / static_cast<double>(count);
  }
  static double of_nothing() { return std::numeric_limits<double>::quiet_NaN(); }
};
template <>
struct Summed<double> {
  using Sum = RealSum;
  static double addend(double value) { return value; }
  static double mean(const Sum& sum, std::int64_t count) {
    return sum.value() / static_cast<double>(count);
  }
  static double of_nothing() { return std::numeric_limits<double>::quiet_NaN(); }
};
template <class V>
requires requires(V value) { value.ticks; }
struct Summed<V> {
  using Sum = IntegerSum;
  static std::int64_t addend(V value) { return value.ticks; }
  static std::optional<V> mean(const Sum& sum, std::int64_t count) { return V{sum.mean(count)}; }
  static std::optional<V> of_nothing() { return std::nullopt; }
};
template <>
struct Summed<Decimal> {
  using Sum = DecimalSum;
  static const Decimal& addend(const Decimal& value) { return value; }
  static std::optional<Decimal> mean(const Sum& sum, std::int64_t count) { return sum.mean(count); }
  static std::optional<Decimal> of_nothing() { return std::nullopt; }
};

template <class V>
struct Avg {
  typename Summed<V>::Sum sum;
  std::int64_t count = 0;
  void add(V value) {
    sum.add(Summed<V>::addend(value));
    ++count;
  }
  void merge(const Avg& later) {
    sum.add(later.sum);
    count += later.count;
  }
  auto result() const { return count == 0 ? Summed<V>::of_nothing() : Summed<V>::mean(sum, count); }
};

constexpr Param kParams[]{{"expr", "Numbers, timespans or datetimes; nulls are left out."}};
constexpr AggregateDef kAvg{
    .name = "avg",
    .predicate_form = "avgif",
    .summary = "Returns the mean of the values of a group.",
    .params = kParams,
    .example = {"range x from 1 to 4 step 1 | summarize avg(x)", "2.5"},
    .overloads = aggregates<Avg<double>, Avg<std::int64_t>, Avg<std::int32_t>, Avg<Decimal>,
                            Avg<Timespan>, Avg<Datetime>>};

constexpr const AggregateDef* kDefs[]{&kAvg};

}  // namespace

extern constinit const FunctionTable kAvgAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
