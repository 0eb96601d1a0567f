// datetime_part() and the functions that each return one part of a datetime. KQL: some are int,
// some long, and dayofweek() is a timespan since Sunday.
#include "common/kql/functions/datetime/part_name.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

std::int64_t datetime_part(const PartName& name, Datetime date) { return part_of(name.part, date); }
Timespan dayofweek(Datetime date) { return {day_of_week(date) * kTicksPerDay}; }
std::int32_t dayofmonth(Datetime date) { return to_civil(date).day; }
std::int32_t dayofyear(Datetime date) { return day_of_year(date); }
std::int64_t hourofday(Datetime date) { return to_civil(date).hour; }
std::int32_t monthofyear(Datetime date) { return to_civil(date).month; }
std::int32_t getyear(Datetime date) { return to_civil(date).year; }
std::int32_t week_of_year(Datetime date) { return iso_week_of_year(date); }

constexpr std::string_view kPartAliases[]{"datepart"};
constexpr std::string_view kMonthAliases[]{"getmonth"};
constexpr std::string_view kWeekAliases[]{"weekofyear"};
constexpr Param kPartParams[]{
    {"part",
     "year, quarter, month, week_of_year, day, dayOfYear, hour, minute, second, millisecond, "
     "microsecond or nanosecond."},
    {"date", "Any datetime."}};
constexpr Param kParams[]{{"date", "Any datetime."}};

constexpr FunctionDef kDatetimePart{
    .name = "datetime_part",
    .aliases = kPartAliases,
    .summary = "Returns one part of a datetime.",
    .params = kPartParams,
    .example = {"print datetime_part(\"dayOfYear\", datetime(2017-10-30))", "303"},
    .overloads = rowwise<datetime_part>};
constexpr FunctionDef kDayOfWeek{
    .name = "dayofweek",
    .summary = "Returns the time since the last Sunday in whole days, as a timespan.",
    .params = kParams,
    .example = {"print dayofweek(datetime(1970-05-12))", "2.00:00:00"},
    .overloads = rowwise<dayofweek>};
constexpr FunctionDef kDayOfMonth{.name = "dayofmonth",
                                  .summary = "Returns the day of the month, from 1.",
                                  .params = kParams,
                                  .example = {"print dayofmonth(datetime(2015-12-14))", "14"},
                                  .overloads = rowwise<dayofmonth>};
constexpr FunctionDef kDayOfYear{.name = "dayofyear",
                                 .summary = "Returns the day of the year, from 1.",
                                 .params = kParams,
                                 .example = {"print dayofyear(datetime(2015-12-14))", "348"},
                                 .overloads = rowwise<dayofyear>};
constexpr FunctionDef kHourOfDay{.name = "hourofday",
                                 .summary = "Returns the hour of the day, 0 to 23.",
                                 .params = kParams,
                                 .example = {"print hourofday(datetime(2015-12-14 18:54))", "18"},
                                 .overloads = rowwise<hourofday>};
constexpr FunctionDef kMonthOfYear{.name = "monthofyear",
                                   .aliases = kMonthAliases,
                                   .summary = "Returns the month, 1 to 12.",
                                   .params = kParams,
                                   .example = {"print monthofyear(datetime(2015-12-14))", "12"},
                                   .overloads = rowwise<monthofyear>};
constexpr FunctionDef kGetYear{.name = "getyear",
                               .summary = "Returns the year.",
                               .params = kParams,
                               .example = {"print getyear(datetime(2015-10-12))", "2015"},
                               .overloads = rowwise<getyear>};
constexpr FunctionDef kWeekOfYear{
    .name = "week_of_year",
    .aliases = kWeekAliases,
    .summary = "Returns the week of the year as ISO 8601 counts it: week 1 has the first Thursday.",
    .params = kParams,
    .example = {"print week_of_year(datetime(2000-01-01))", "52"},
    .overloads = rowwise<week_of_year>};

constexpr const FunctionDef* kScalars[]{&kDatetimePart, &kDayOfWeek,   &kDayOfMonth, &kDayOfYear,
                                        &kHourOfDay,    &kMonthOfYear, &kGetYear,    &kWeekOfYear};

}  // namespace

extern constinit const FunctionTable kDatetimeParts{"datetime", kScalars};

}  // namespace quarry::kql::functions
