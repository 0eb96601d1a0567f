// session_count(id, timeline, start, end, bin, lookback, [dim, …]): how many sessions begin in each
// bin. An event begins a session when its id was not seen less than `lookback` before.
//
// Bins are multiples of `bin`, not counted from `start`; a gap of exactly `lookback` begins a new
// session: both as the engine answers the documentation's example.
#include "common/kql/operators/plugins/activity.h"

#include <map>

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_session_count(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .dimensions = call.rest()});
  if (!source) return nullptr;
  TimelineArguments arguments(call, source->timeline());
  const Position start = arguments.point("Start"), end = arguments.point("End");
  const Bins bins = arguments.bins("Bin", 0);
  const Position lookback = arguments.length("LookBackWindow");
  if (!arguments.sound()) return nullptr;
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  ActivityTable table(call, "session_count");
  for (const Events group : activity->by_group(start - lookback, end)) {
    std::map<std::int64_t, std::int64_t> counts;
    const Event* before = nullptr;
    const std::vector<Event> events = by_id(group);
    for (const Event& event : events) {
      const bool goes_on =
          before != nullptr && before->id == event.id && event.time - before->time < lookback;
      if (!goes_on && event.time >= start) ++counts[bins.bin(event.time)];
      before = &event;
    }
    for (const auto& [bin, count] : counts) table.add({bins.start(bin)}, group[0].group, {count});
  }
  return table.finish(*activity, {activity->source.timeline_name()},
                      {{"count_sessions", Type::kLong}});
}

constexpr Param kParams[]{{.name = "IdColumn", .help = "Whose sessions."},
                          {.name = "TimelineColumn", .help = "When it was active."},
                          {.name = "Start", .help = "The first moment to count."},
                          {.name = "End", .help = "The last moment to look at."},
                          {.name = "Bin", .help = "The length of a bin of the result."},
                          {.name = "LookBackWindow", .help = "The gap that ends a session."},
                          {.name = "dim",
                           .help = "Columns whose values are counted apart.",
                           .optional = true,
                           .repeats = true}};

}  // namespace

extern constinit const PluginDef kSessionCount{
    .name = "session_count",
    .summary = "Counts sessions by when they begin: events of one id without a long gap.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long) ['a', 1, 'a', 3, 'a', 9] | evaluate session_count(id, t, "
        "0, 99, 10, 5) | project count_sessions",
    .example_result = "2",
    .bind = bind_session_count,
};

}  // namespace quarry::kql::operators
