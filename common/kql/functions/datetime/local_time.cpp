// datetime_utc_to_local() and datetime_local_to_utc(): by time zones of the tz database.
#include "common/kql/functions/datetime/checked.h"
#include "common/kql/functions/rowwise_inl.h"
#include "common/time/zone.h"

namespace quarry::kql::functions {
namespace {

std::optional<Datetime> utc_to_local(Datetime utc, const TimeZone& zone) {
  return checked_add(utc, zone.offset_at(utc));
}
std::optional<Datetime> local_to_utc(Datetime local, const TimeZone& zone) {
  return checked_subtract(local, zone.offset_of_local(local));
}

constexpr Param kFromUtc[]{{"from", "A datetime in UTC."},
                           {"timezone", "A name of the tz database: \"Europe/Paris\"."}};
constexpr Param kFromLocal[]{{"from", "A datetime that local clocks show."},
                             {"timezone", "A name of the tz database: \"Europe/Paris\"."}};
constexpr FunctionDef kToLocal{
    .name = "datetime_utc_to_local",
    .summary = "Returns what local clocks show at an instant.",
    .params = kFromUtc,
    .example = {R"(print datetime_utc_to_local(datetime(2024-07-01 12:00), "Europe/Paris"))",
                "2024-07-01T14:00:00.0000000Z"},
    .overloads = rowwise<utc_to_local>};
constexpr FunctionDef kToUtc{
    .name = "datetime_local_to_utc",
    .summary =
        "Returns the instant at which local clocks show a time; the second one where there are "
        "two.",
    .params = kFromLocal,
    .example = {R"(print datetime_local_to_utc(datetime(2024-01-01 12:00), "Europe/Paris"))",
                "2024-01-01T11:00:00.0000000Z"},
    .overloads = rowwise<local_to_utc>};

constexpr const FunctionDef* kScalars[]{&kToLocal, &kToUtc};

}  // namespace

extern constinit const FunctionTable kLocalTime{"datetime", kScalars};

}  // namespace quarry::kql::functions
