// activity_metrics(id, timeline, [start, end,] window, [dim, …]): per window its ids, those that
// were not in the window before, and which share of the window before came back (retention) or did
// not (churn). NaN where there was nobody before.
#include "common/kql/operators/plugins/activity.h"

#include <algorithm>
#include <limits>

namespace quarry::kql::operators {
namespace {

std::int64_t count_common(const std::set<std::uint32_t>& ids,
                          const std::set<std::uint32_t>& others) {
  return std::count_if(ids.begin(), ids.end(),
                       [&](std::uint32_t id) { return others.contains(id); });
}

void add_windows(Events group, const Bins& bins, ActivityTable& table) {
  std::set<std::uint32_t> before;
  std::int64_t next = 0;  // the window behind that of `before`
  for_each_run(
      group, [&](const Event& event) { return bins.bin(event.time); },
      [&](std::int64_t bin, Events events) {
        if (bin != next) before.clear();
        std::set<std::uint32_t> ids = distinct_ids(events);
        const std::int64_t back = count_common(ids, before);
        const auto count = static_cast<std::int64_t>(ids.size());
        const double retention =
            before.empty() ? std::numeric_limits<double>::quiet_NaN()
                           : static_cast<double>(back) / static_cast<double>(before.size());
        table.add({bins.start(bin)}, events[0].group,
                  {count, count - back, retention, 1 - retention});
        before = std::move(ids);
        next = bin + 1;
      });
}

PlanNodePtr bind_activity_metrics(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .dimensions = call.rest()});
  if (!source) return nullptr;
  // With three arguments the third is the window, and all the timeline is looked at.
  const bool whole = call.argument("End") == nullptr;
  if (!whole && call.argument("Window") == nullptr) {
    call.binder().error(call.span(), "activity_metrics needs its argument 'Window'",
                        "activity_metrics(id, timeline, window) or activity_metrics(id, timeline, "
                        "start, end, window)");
    return nullptr;
  }
  TimelineArguments arguments(call, source->timeline());
  constexpr Position kInfinite = std::numeric_limits<Position>::infinity();
  const Position start = whole ? -kInfinite : arguments.point("Start"),
                 end = whole ? kInfinite : arguments.point("End");
  const Bins bins = arguments.bins(whole ? "Start" : "Window", whole ? 0 : start);
  if (!arguments.sound()) return nullptr;
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  ActivityTable table(call, "activity_metrics");
  for (const Events group : activity->by_group(start, end)) add_windows(group, bins, table);
  return table.finish(*activity, {activity->source.timeline_name()},
                      {{"dcount_values", Type::kLong},
                       {"dcount_newvalues", Type::kLong},
                       {"retention_rate", Type::kReal},
                       {"churn_rate", Type::kReal}});
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who was active."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first moment to look at; windows count from here."},
    {.name = "End", .help = "The last moment to look at.", .optional = true},
    {.name = "Window",
     .help = "The length of a window, or 'week', 'month', 'year'; the third argument without Start "
             "and End.",
     .optional = true},
    {.name = "dim",
     .help = "Columns whose values are counted apart.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kActivityMetrics{
    .name = "activity_metrics",
    .summary =
        "Compares who was active in a window of time with the window before: new ids, retention, "
        "churn.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long) ['a', 0, 'b', 0, 'a', 10, 'c', 10] | evaluate "
        "activity_metrics(id, t, 0, 19, 10) | where t == 10 | project retention_rate",
    .example_result = "0.5",
    .bind = bind_activity_metrics,
};

}  // namespace quarry::kql::operators
