// make_timespan(): a timespan from its parts. Null where a part is out of its range.
#include "common/kql/functions/datetime/checked.h"
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/parse.h"

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kMaxDays = 10'675'198;  // the last that fits whole

std::optional<Timespan> with_days(std::int64_t days, std::int64_t hours, std::int64_t minutes,
                                  double seconds) {
  if (days < 0 || days > kMaxDays || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ||
      !(seconds >= 0 && seconds < 60)) {
    return std::nullopt;
  }
  return Timespan{days * kTicksPerDay + hours * kTicksPerHour + minutes * kTicksPerMinute +
                  *ticks_of(seconds, kTicksPerSecond)};
}
std::optional<Timespan> with_seconds(std::int64_t hours, std::int64_t minutes, double seconds) {
  return with_days(0, hours, minutes, seconds);
}
std::optional<Timespan> with_minutes(std::int64_t hours, std::int64_t minutes) {
  return with_days(0, hours, minutes, 0);
}
std::optional<Timespan> from_text(std::string_view text) { return parse_timespan(text); }
Timespan as_it_is(Timespan value) { return value; }

constexpr Param kParams[]{{"days", "Days, if there are four arguments; or, alone, a text to read."},
                          {"hours", "0 to 23.", true},
                          {"minutes", "0 to 59.", true},
                          {"seconds", "0 to 59.9999999.", true}};
constexpr FunctionDef kMakeTimespan{
    .name = "make_timespan",
    .summary =
        "Makes a timespan from days, hours, minutes and seconds (days or seconds may be left out: "
        "two arguments are hours and minutes, three end in seconds).",
    .params = kParams,
    .example = {"print make_timespan(1, 12, 30, 55.123)", "1.12:30:55.1230000"},
    .overloads = rowwise<with_minutes, with_seconds, with_days, as_it_is, from_text>};

constexpr const FunctionDef* kScalars[]{&kMakeTimespan};

}  // namespace

extern constinit const FunctionTable kMakeTimespanFunction{"timespan", kScalars};

}  // namespace quarry::kql::functions
