// make_datetime(): a datetime from its parts. Null where a part is out of its range.
#include "common/kql/functions/datetime/checked.h"
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/calendar.h"
#include "common/time/parse.h"

namespace quarry::kql::functions {
namespace {

std::optional<Datetime> with_seconds(std::int64_t year, std::int64_t month, std::int64_t day,
                                     std::int64_t hour, std::int64_t minute, double second) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 ||
      hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 60)) {
    return std::nullopt;
  }
  CivilTime civil{static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)};
  civil.hour = static_cast<int>(hour);
  civil.minute = static_cast<int>(minute);
  const auto whole_minute = from_civil(civil);
  if (!whole_minute) return std::nullopt;
  return checked_add(*whole_minute, *ticks_of(second, kTicksPerSecond));
}
std::optional<Datetime> date(std::int64_t year, std::int64_t month, std::int64_t day) {
  return with_seconds(year, month, day, 0, 0, 0);
}
std::optional<Datetime> with_hours(std::int64_t year, std::int64_t month, std::int64_t day,
                                   std::int64_t hour) {
  return with_seconds(year, month, day, hour, 0, 0);
}
std::optional<Datetime> with_minutes(std::int64_t year, std::int64_t month, std::int64_t day,
                                     std::int64_t hour, std::int64_t minute) {
  return with_seconds(year, month, day, hour, minute, 0);
}
std::optional<Datetime> from_text(std::string_view text) { return parse_datetime(text); }
Datetime as_it_is(Datetime date) { return date; }

constexpr Param kParams[]{{"year", "1 to 9999; or, alone, a text to read."},
                          {"month", "1 to 12.", true},
                          {"day", "1 to 31.", true},
                          {"hour", "0 to 23.", true},
                          {"minute", "0 to 59.", true},
                          {"second", "0 to 59.9999999.", true}};
constexpr FunctionDef kMakeDatetime{
    .name = "make_datetime",
    .summary = "Makes a datetime from its parts; null where one is out of its range.",
    .params = kParams,
    .example = {"print make_datetime(2017, 10, 1, 12, 11, 0.1234567)",
                "2017-10-01T12:11:00.1234567Z"},
    .overloads = rowwise<date, with_hours, with_minutes, with_seconds, as_it_is, from_text>};

constexpr const FunctionDef* kScalars[]{&kMakeDatetime};

}  // namespace

extern constinit const FunctionTable kMakeDatetimeFunction{"datetime", kScalars};

}  // namespace quarry::kql::functions
