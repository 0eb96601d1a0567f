// bin_at(): values rounded down to a multiple of a size, counted from a fixed point.
#include "common/kql/functions/datetime/checked.h"
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/calendar.h"

#include <cmath>

namespace quarry::kql::functions {
namespace {

std::optional<std::int64_t> bin_at_long(std::int64_t value, std::int64_t size, std::int64_t point) {
  return bin_ticks(value, size, point);
}
std::optional<double> bin_at_real(double value, double size, double point) {
  if (!(size > 0)) return std::nullopt;
  return point + std::floor((value - point) / size) * size;
}
std::optional<Timespan> bin_at_timespan(Timespan value, Timespan size, Timespan point) {
  const auto ticks = bin_ticks(value.ticks, size.ticks, point.ticks);
  return ticks ? std::optional(Timespan{*ticks}) : std::nullopt;
}
std::optional<Datetime> bin_at_datetime(Datetime value, Timespan size, Datetime point) {
  const auto ticks = bin_ticks(value.ticks, size.ticks, point.ticks);
  return ticks ? datetime_of(*ticks) : std::nullopt;
}

constexpr Param kParams[]{{"value", "A number, datetime or timespan."},
                          {"bin_size", "The size of a bin."},
                          {"fixed_point", "A value of the same type at which a bin begins."}};
constexpr FunctionDef kBinAt{
    .name = "bin_at",
    .summary = "Rounds values down to a multiple of a size, counted from a fixed point.",
    .params = kParams,
    .example = {"print bin_at(6.5, 2.5, 7)", "4.5"},
    .overloads = rowwise<bin_at_datetime, bin_at_timespan, bin_at_long, bin_at_real>,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kBinAt};

}  // namespace

extern constinit const FunctionTable kBinAtFunction{"datetime", kScalars};

}  // namespace quarry::kql::functions
