// unixtime_…_todatetime(): counts since 1970-01-01. Null outside the years 1 to 9999.
#include "common/kql/functions/datetime/checked.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

constexpr Datetime kEpoch{kUnixEpochTicks};

template <std::int64_t kUnit>
std::optional<Datetime> from_long(std::int64_t count) {
  std::int64_t ticks = 0;
  if (__builtin_mul_overflow(count, kUnit, &ticks)) return std::nullopt;
  return checked_add(kEpoch, ticks);
}
template <std::int64_t kUnit>
std::optional<Datetime> from_real(double count) {
  const auto ticks = ticks_of(count, kUnit);
  return ticks ? checked_add(kEpoch, *ticks) : std::nullopt;
}
/// A tick is 100 ns: what is finer is cut off.
std::optional<Datetime> from_nanoseconds(std::int64_t count) {
  return checked_add(kEpoch, count / 100 - (count % 100 < 0 ? 1 : 0));
}
std::optional<Datetime> from_real_nanoseconds(double count) {
  const auto ticks = ticks_of(std::floor(count / 100), 1);
  return ticks ? checked_add(kEpoch, *ticks) : std::nullopt;
}

template <std::int64_t kUnit>
constexpr auto& kOverloads = rowwise<from_long<kUnit>, from_real<kUnit>>;

constexpr Param kParams[]{{"number", "The count since 1970-01-01T00:00:00Z."}};
constexpr FunctionDef kSeconds{
    .name = "unixtime_seconds_todatetime",
    .summary = "Returns the datetime so many seconds after 1970-01-01.",
    .params = kParams,
    .example = {"print unixtime_seconds_todatetime(1546300800)", "2019-01-01T00:00:00.0000000Z"},
    .overloads = kOverloads<kTicksPerSecond>};
constexpr FunctionDef kMilliseconds{
    .name = "unixtime_milliseconds_todatetime",
    .summary = "Returns the datetime so many milliseconds after 1970-01-01.",
    .params = kParams,
    .example = {"print unixtime_milliseconds_todatetime(1546300800000)",
                "2019-01-01T00:00:00.0000000Z"},
    .overloads = kOverloads<kTicksPerMillisecond>};
constexpr FunctionDef kMicroseconds{
    .name = "unixtime_microseconds_todatetime",
    .summary = "Returns the datetime so many microseconds after 1970-01-01.",
    .params = kParams,
    .example = {"print unixtime_microseconds_todatetime(1546300800000000)",
                "2019-01-01T00:00:00.0000000Z"},
    .overloads = kOverloads<kTicksPerMicrosecond>};
constexpr FunctionDef kNanoseconds{
    .name = "unixtime_nanoseconds_todatetime",
    .summary = "Returns the datetime so many nanoseconds after 1970-01-01.",
    .params = kParams,
    .example = {"print unixtime_nanoseconds_todatetime(1546300800000000000)",
                "2019-01-01T00:00:00.0000000Z"},
    .overloads = rowwise<from_nanoseconds, from_real_nanoseconds>};

constexpr const FunctionDef* kScalars[]{&kSeconds, &kMilliseconds, &kMicroseconds, &kNanoseconds};

}  // namespace

extern constinit const FunctionTable kUnixTime{"datetime", kScalars};

}  // namespace quarry::kql::functions
