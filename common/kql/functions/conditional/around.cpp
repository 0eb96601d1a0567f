// around(): is a value within a distance of another? The distance is taken where it cannot
// overflow.
#include "common/kql/functions/rowwise_inl.h"

#include <cstdlib>

namespace quarry::kql::functions {
namespace {

/// KQL: center - delta <= value <= center + delta, so a negative delta holds nothing.
bool within(std::int64_t value, std::int64_t center, std::int64_t delta) {
  if (delta < 0) return false;
  const auto a = static_cast<std::uint64_t>(value);
  const auto b = static_cast<std::uint64_t>(center);
  return (value < center ? b - a : a - b) <= static_cast<std::uint64_t>(delta);
}

bool around_long(std::int64_t value, std::int64_t center, std::int64_t delta) {
  return within(value, center, delta);
}
bool around_real(double value, double center, double delta) {
  return value >= center - delta && value <= center + delta;
}
bool around_datetime(Datetime value, Datetime center, Timespan delta) {
  return within(value.ticks, center.ticks, delta.ticks);
}
bool around_timespan(Timespan value, Timespan center, Timespan delta) {
  return within(value.ticks, center.ticks, delta.ticks);
}

constexpr Param kParams[]{{"value", "A number, datetime or timespan."},
                          {"center", "What it is compared with, of the same type."},
                          {"delta", "How far apart they may be: a number, or a timespan."}};
constexpr FunctionDef kAround{
    .name = "around",
    .summary = "Tells whether a value is within a distance of a center, both ends included.",
    .params = kParams,
    .example = {"print around(datetime(2021-01-01 01:29), datetime(2021-01-01 01:30), 1m)", "true"},
    .overloads = rowwise<around_datetime, around_timespan, around_long, around_real>};

constexpr const FunctionDef* kScalars[]{&kAround};

}  // namespace

extern constinit const FunctionTable kAroundFunction{"conditional", kScalars};

}  // namespace quarry::kql::functions
