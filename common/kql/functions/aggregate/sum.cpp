// sum() and sumif(). An empty group sums to 0. KQL: sums of int are long.
#include "common/kql/functions/aggregate/wide_sum.h"
#include "common/kql/functions/aggregate_inl.h"

namespace quarry::kql::functions {
namespace {

template <class V>
struct SumInteger {
  IntegerSum sum;
  void add(V value) { sum.add(value); }
  void merge(const SumInteger& later) { sum.add(later.sum); }
  std::optional<std::int64_t> result() const { return sum.value(); }
};

struct SumReal {
  RealSum sum;
  void add(double value) { sum.add(value); }
  void merge(const SumReal& later) { sum.add(later.sum); }
  double result() const { return sum.value(); }
};

struct SumTimespan {
  IntegerSum ticks;
  void add(Timespan value) { ticks.add(value.ticks); }
  void merge(const SumTimespan& later) { ticks.add(later.ticks); }
  std::optional<Timespan> result() const {
    const auto sum = ticks.value();
    return sum ? std::optional(Timespan{*sum}) : std::nullopt;
  }
};

struct SumDecimal {
  std::optional<Decimal> sum = Decimal{};
  void add(Decimal value) { add_if(value); }
  void merge(const SumDecimal& later) { add_if(later.sum); }
  std::optional<Decimal> result() const { return sum; }

 private:
  void add_if(const std::optional<Decimal>& value) {
    sum = sum && value ? apply(DecimalOp::kAdd, *sum, *value) : std::nullopt;
  }
};

constexpr Param kParams[]{{"expr", "The numbers or timespans to add up; nulls are left out."}};
constexpr AggregateDef kSum{
    .name = "sum",
    .predicate_form = "sumif",
    .summary = "Adds up the values of a group. A sum of integers beyond 64 bits is null.",
    .params = kParams,
    .example = {"range x from 1 to 4 step 1 | summarize sum(x)", "10"},
    // The first is that of dynamic values, which may hold fractions.
    .overloads = aggregates<SumReal, SumInteger<std::int64_t>, SumInteger<std::int32_t>, SumDecimal,
                            SumTimespan>};

constexpr const AggregateDef* kDefs[]{&kSum};

}  // namespace

extern constinit const FunctionTable kSumAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
