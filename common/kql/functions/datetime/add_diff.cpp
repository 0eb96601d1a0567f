// datetime_add() and datetime_diff(): calendar arithmetic by named parts.
#include "common/kql/functions/datetime/part_name.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

std::optional<Datetime> datetime_add(const PartName& name, std::int64_t amount, Datetime date) {
  return add(name.part, amount, date);
}
std::int64_t datetime_diff(const PartName& name, Datetime later, Datetime earlier) {
  return difference(name.part, later, earlier);
}

constexpr Param kAddParams[]{{"part",
                              "year, quarter, month, week, day, hour, minute, second, millisecond, "
                              "microsecond or nanosecond."},
                             {"value", "How many to add; negative: to take away."},
                             {"datetime", "Any datetime."}};
constexpr Param kDiffParams[]{{"part",
                               "year, quarter, month, week, day, hour, minute, second, "
                               "millisecond, microsecond or nanosecond."},
                              {"datetime1", "The datetime to subtract from."},
                              {"datetime2", "The datetime to subtract."}};
constexpr FunctionDef kAdd{
    .name = "datetime_add",
    .summary =
        "Adds months, days, hours … to a datetime; a day that the month lacks becomes its last.",
    .params = kAddParams,
    .example = {"print datetime_add(\"month\", 1, datetime(2017-01-31))",
                "2017-02-28T00:00:00.0000000Z"},
    .overloads = rowwise<datetime_add>};
constexpr FunctionDef kDiff{
    .name = "datetime_diff",
    .summary = "Counts the borders of years, days, hours … between two datetimes.",
    .params = kDiffParams,
    .example =
        {"print datetime_diff(\"day\", datetime(2017-10-29 00:00), datetime(2017-10-28 23:59))",
         "1"},
    .overloads = rowwise<datetime_diff>};

constexpr const FunctionDef* kScalars[]{&kAdd, &kDiff};

}  // namespace

extern constinit const FunctionTable kDatetimeArithmetic{"datetime", kScalars};

}  // namespace quarry::kql::functions
