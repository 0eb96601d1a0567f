// startofday() … endofyear(): first and last instant of the day, week, month or year, some of them
// away. Weeks begin on Sunday.
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/calendar.h"

namespace quarry::kql::functions {
namespace {

template <CalendarUnit kUnit>
std::optional<Datetime> start(Datetime date) {
  return start_of(kUnit, date, 0);
}
template <CalendarUnit kUnit>
std::optional<Datetime> start_at(Datetime date, std::int64_t offset) {
  return start_of(kUnit, date, offset);
}
template <CalendarUnit kUnit>
std::optional<Datetime> end(Datetime date) {
  return end_of(kUnit, date, 0);
}
template <CalendarUnit kUnit>
std::optional<Datetime> end_at(Datetime date, std::int64_t offset) {
  return end_of(kUnit, date, offset);
}

template <CalendarUnit kUnit>
constexpr auto& kStarts = rowwise<start<kUnit>, start_at<kUnit>>;
template <CalendarUnit kUnit>
constexpr auto& kEnds = rowwise<end<kUnit>, end_at<kUnit>>;

constexpr Param kParams[]{{"date", "Any datetime."},
                          {"offset", "How many of them later; negative: earlier.", true}};

constexpr FunctionDef kStartOfDay{.name = "startofday",
                                  .summary = "Returns the first instant of the day.",
                                  .params = kParams,
                                  .example = {"print startofday(datetime(2017-01-01 10:10:17), -1)",
                                              "2016-12-31T00:00:00.0000000Z"},
                                  .overloads = kStarts<CalendarUnit::kDay>,
                                  .naming = ResultNaming::kFirstArgument};
constexpr FunctionDef kStartOfWeek{
    .name = "startofweek",
    .summary = "Returns the first instant of the week, which begins on Sunday.",
    .params = kParams,
    .example = {"print startofweek(datetime(2017-01-02 10:10:17))", "2017-01-01T00:00:00.0000000Z"},
    .overloads = kStarts<CalendarUnit::kWeek>};
constexpr FunctionDef kStartOfMonth{
    .name = "startofmonth",
    .summary = "Returns the first instant of the month.",
    .params = kParams,
    .example = {"print startofmonth(datetime(2017-01-17 10:10:17), 1)",
                "2017-02-01T00:00:00.0000000Z"},
    .overloads = kStarts<CalendarUnit::kMonth>};
constexpr FunctionDef kStartOfYear{
    .name = "startofyear",
    .summary = "Returns the first instant of the year.",
    .params = kParams,
    .example = {"print startofyear(datetime(2017-05-17 10:10:17))", "2017-01-01T00:00:00.0000000Z"},
    .overloads = kStarts<CalendarUnit::kYear>};
constexpr FunctionDef kEndOfDay{
    .name = "endofday",
    .summary = "Returns the last instant of the day.",
    .params = kParams,
    .example = {"print endofday(datetime(2017-01-01 10:10:17))", "2017-01-01T23:59:59.9999999Z"},
    .overloads = kEnds<CalendarUnit::kDay>};
constexpr FunctionDef kEndOfWeek{
    .name = "endofweek",
    .summary = "Returns the last instant of the week, which ends on Saturday.",
    .params = kParams,
    .example = {"print endofweek(datetime(2017-01-01 10:10:17))", "2017-01-07T23:59:59.9999999Z"},
    .overloads = kEnds<CalendarUnit::kWeek>};
constexpr FunctionDef kEndOfMonth{.name = "endofmonth",
                                  .summary = "Returns the last instant of the month.",
                                  .params = kParams,
                                  .example = {"print endofmonth(datetime(2017-01-01 10:10:17), 1)",
                                              "2017-02-28T23:59:59.9999999Z"},
                                  .overloads = kEnds<CalendarUnit::kMonth>};
constexpr FunctionDef kEndOfYear{
    .name = "endofyear",
    .summary = "Returns the last instant of the year.",
    .params = kParams,
    .example = {"print endofyear(datetime(2017-01-01 10:10:17))", "2017-12-31T23:59:59.9999999Z"},
    .overloads = kEnds<CalendarUnit::kYear>};

constexpr const FunctionDef* kScalars[]{&kStartOfDay, &kStartOfWeek, &kStartOfMonth, &kStartOfYear,
                                        &kEndOfDay,   &kEndOfWeek,   &kEndOfMonth,   &kEndOfYear};

}  // namespace

extern constinit const FunctionTable kStartEndFunctions{"datetime", kScalars};

}  // namespace quarry::kql::functions
