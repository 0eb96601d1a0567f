// activity_engagement(id, timeline, [start, end,] inner, outer, [dim, …]): per inner window its
// ids, the ids of the longer window that ends with it, and the ratio. Outer windows reach back
// before `start`. Inner windows without activity have no row.
#include "common/kql/operators/plugins/activity.h"

#include <limits>
#include <map>

namespace quarry::kql::operators {
namespace {

constexpr Position kInfinite = std::numeric_limits<Position>::infinity();

struct Windows {
  Position first;  // windows before this one are only looked back at
  Position inner, outer;
  Bins bins;

  void add(Events group, ActivityTable& table) const {
    std::map<std::uint32_t, std::size_t> around;  // id -> its events in the outer window
    std::size_t oldest = 0, next = 0;
    for_each_run(
        group, [&](const Event& event) { return bins.bin(event.time); },
        [&](std::int64_t bin, Events events) {
          for (const Event& event : events) ++around[event.id];
          next += events.size();
          const Position start = bins.start(bin);
          for (; oldest < next && group[oldest].time < start + inner - outer; ++oldest) {
            const auto id = around.find(group[oldest].id);
            if (--id->second == 0) around.erase(id);
          }
          if (start < first) return;
          const auto ids = static_cast<std::int64_t>(distinct_ids(events).size());
          const auto all = static_cast<std::int64_t>(around.size());
          table.add({start}, events[0].group,
                    {ids, all, static_cast<double>(ids) / static_cast<double>(all)});
        });
  }
};

PlanNodePtr bind_activity_engagement(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .dimensions = call.rest()});
  if (!source) return nullptr;
  // With four arguments they are the windows, and all the timeline is looked at.
  const bool whole = call.argument("InnerActivityWindow") == nullptr;
  if (!whole && call.argument("OuterActivityWindow") == nullptr) {
    call.binder().error(call.span(), "activity_engagement needs its argument 'OuterActivityWindow'",
                        "activity_engagement(id, timeline, inner, outer) or "
                        "activity_engagement(id, timeline, start, end, inner, outer)");
    return nullptr;
  }
  TimelineArguments arguments(call, source->timeline());
  const Position start = whole ? -kInfinite : arguments.point("Start"),
                 end = whole ? kInfinite : arguments.point("End");
  const Position inner = arguments.length(whole ? "Start" : "InnerActivityWindow"),
                 outer = arguments.length(whole ? "End" : "OuterActivityWindow");
  if (!arguments.sound()) return nullptr;
  if (outer < inner && !call.binder().checking()) {
    call.binder().error(call.span(),
                        "activity_engagement: the outer window is shorter than the inner one",
                        "activity_engagement(id, timeline, 1d, 7d)");
    return nullptr;
  }
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  const Windows windows{start, inner, outer, Bins::of_length(whole ? 0 : start, inner)};
  ActivityTable table(call, "activity_engagement");
  for (const Events group : activity->by_group(start - outer, end)) windows.add(group, table);
  return table.finish(*activity, {activity->source.timeline_name()},
                      {{"dcount_activities_inner", Type::kLong},
                       {"dcount_activities_outer", Type::kLong},
                       {"activity_ratio", Type::kReal}});
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who was active."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first moment to look at; windows count from here."},
    {.name = "End", .help = "The last moment to look at."},
    {.name = "InnerActivityWindow",
     .help = "The shorter window (a day); the third argument without Start and End.",
     .optional = true},
    {.name = "OuterActivityWindow",
     .help = "The longer window (a week); the fourth argument without Start and End.",
     .optional = true},
    {.name = "dim",
     .help = "Columns whose values are counted apart.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kActivityEngagement{
    .name = "activity_engagement",
    .summary =
        "The ids of a short window of time as a share of those of a longer one (daily of weekly "
        "users).",
    .params = kParams,
    .example =
        "datatable (id: string, t: long) ['a', 0, 'b', 0, 'a', 1] | evaluate "
        "activity_engagement(id, t, 0, 9, 1, 7) | where t == 1 | project activity_ratio",
    .example_result = "0.5",
    .bind = bind_activity_engagement,
};

}  // namespace quarry::kql::operators
