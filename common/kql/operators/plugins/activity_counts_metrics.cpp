// activity_counts_metrics(id, timeline, start, end, window, [dim, …]): per window how often and by
// how many ids something was done, how many of them are new, how many there were so far. Windows
// count from `start`; `end` itself is in.
#include "common/kql/operators/plugins/activity.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_activity_counts_metrics(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .dimensions = call.rest()});
  if (!source) return nullptr;
  TimelineArguments arguments(call, source->timeline());
  const Position start = arguments.point("Start"), end = arguments.point("End");
  const Bins bins = arguments.bins("Window", start);
  if (!arguments.sound()) return nullptr;
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  ActivityTable table(call, "activity_counts_metrics");
  for (const Events group : activity->by_group(start, end)) {
    std::set<std::uint32_t> seen;
    for_each_run(
        group, [&](const Event& event) { return bins.bin(event.time); },
        [&](std::int64_t bin, Events events) {
          const auto before = static_cast<std::int64_t>(seen.size());
          const std::set<std::uint32_t> ids = distinct_ids(events);
          seen.insert(ids.begin(), ids.end());
          const auto now = static_cast<std::int64_t>(seen.size());
          table.add({bins.start(bin)}, events[0].group,
                    {static_cast<std::int64_t>(events.size()),
                     static_cast<std::int64_t>(ids.size()), now - before, now});
        });
  }
  return table.finish(*activity, {activity->source.timeline_name()},
                      {{"count", Type::kLong},
                       {"dcount", Type::kLong},
                       {"new_dcount", Type::kLong},
                       {"aggregated_dcount", Type::kLong}});
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who was active."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first moment to look at; windows count from here."},
    {.name = "End", .help = "The last moment to look at."},
    {.name = "Window", .help = "The length of a window."},
    {.name = "dim",
     .help = "Columns whose values are counted apart.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kActivityCountsMetrics{
    .name = "activity_counts_metrics",
    .summary = "Counts activity in windows of time: events, ids, new ids, ids so far.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long) ['a', 0, 'b', 0, 'a', 10, 'c', 10] | evaluate "
        "activity_counts_metrics(id, t, 0, 19, 10) | where t == 10 | project new_dcount",
    .example_result = "1",
    .bind = bind_activity_counts_metrics,
};

}  // namespace quarry::kql::operators
