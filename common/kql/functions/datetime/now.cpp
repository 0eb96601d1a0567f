// now() and ago(): the instant at which the query began, and instants before it.
#include "common/kql/functions/datetime/checked.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

Datetime now(Row& row) { return row.run().now; }
std::optional<Datetime> now_with_offset(Row& row, Timespan offset) {
  return checked_add(row.run().now, offset.ticks);
}
std::optional<Datetime> ago(Row& row, Timespan before) {
  return checked_subtract(row.run().now, before.ticks);
}

constexpr Param kNowParams[]{{"offset", "Added to the result.", true}};
constexpr Param kAgoParams[]{{"timespan", "How long before now."}};
constexpr FunctionDef kNow{.name = "now",
                           .summary =
                               "Returns the time at which the query began (UTC); the same wherever "
                               "it stands in the query.",
                           .params = kNowParams,
                           .example = {"print now(-1d) < now()", "true"},
                           .overloads = rowwise<now, now_with_offset>};
constexpr FunctionDef kAgo{.name = "ago",
                           .summary = "Returns the time so long before the query began.",
                           .params = kAgoParams,
                           .example = {"print now() - ago(1h)", "01:00:00"},
                           .overloads = rowwise<ago>};

constexpr const FunctionDef* kScalars[]{&kNow, &kAgo};

}  // namespace

extern constinit const FunctionTable kNowFunctions{"datetime", kScalars};

}  // namespace quarry::kql::functions
