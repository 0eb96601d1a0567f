// active_users_count(id, timeline, start, end, lookback, period, activePeriods, bin, [dim, …]): per
// bin how many ids were seen at least once when they had been seen in at least so many periods of
// the time just before.
//
// The time before is (t - lookback, t]: an event exactly `lookback` earlier is out, as the
// documentation's example shows; events before `start` are looked back at, but not counted
// themselves. Bins and periods count from `start`.
#include "common/kql/operators/plugins/activity.h"

#include <map>

namespace quarry::kql::operators {
namespace {

struct Fans {
  Position start, lookback;
  std::int64_t least;
  Bins periods, bins;

  /// Bins in which the id was a fan. Its events come in order of time.
  std::set<std::int64_t> bins_of(Events events) const {
    std::set<std::int64_t> found;
    std::map<std::int64_t, std::size_t> seen;  // period -> events of it in the window
    std::size_t oldest = 0;
    for (const Event& event : events) {
      ++seen[periods.bin(event.time)];
      for (; event.time - events[oldest].time >= lookback; ++oldest) {
        const auto period = seen.find(periods.bin(events[oldest].time));
        if (--period->second == 0) seen.erase(period);
      }
      if (event.time >= start && seen.size() >= static_cast<std::size_t>(least))
        found.insert(bins.bin(event.time));
    }
    return found;
  }
};

PlanNodePtr bind_active_users_count(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .dimensions = call.rest()});
  if (!source) return nullptr;
  TimelineArguments arguments(call, source->timeline());
  const Position start = arguments.point("Start"), end = arguments.point("End"),
                 lookback = arguments.length("LookbackWindow");
  const Position period = arguments.length("Period");
  const Fans fans{start, lookback, arguments.count("ActivePeriodsCount"),
                  Bins::of_length(start, period), arguments.bins("Bin", start)};
  if (!arguments.sound()) return nullptr;
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  ActivityTable table(call, "active_users_count");
  for (const Events group : activity->by_group(start - lookback, end)) {
    std::map<std::int64_t, std::int64_t> counts;
    for_each_run(
        by_id(group), [](const Event& event) { return event.id; },
        [&](std::uint32_t, Events events) {
          for (const std::int64_t bin : fans.bins_of(events)) ++counts[bin];
        });
    for (const auto& [bin, count] : counts)
      table.add({fans.bins.start(bin)}, group[0].group, {count});
  }
  return table.finish(*activity, {activity->source.timeline_name()}, {{"dcount", Type::kLong}});
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who was active."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first moment to count; bins and periods count from here."},
    {.name = "End", .help = "The last moment to look at."},
    {.name = "LookbackWindow", .help = "How far back from each event to look."},
    {.name = "Period", .help = "Events within one period count once."},
    {.name = "ActivePeriodsCount", .help = "In how many periods an id must have been seen."},
    {.name = "Bin", .help = "The length of a bin of the result."},
    {.name = "dim",
     .help = "Columns whose values are counted apart.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kActiveUsersCount{
    .name = "active_users_count",
    .summary = "Counts ids that came back often enough in the time before.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long) ['a', 1, 'a', 2, 'b', 1, 'b', 9] | evaluate "
        "active_users_count(id, t, 0, 99, 5, 1, 2, 10) | project dcount",
    .example_result = "1",
    .bind = bind_active_users_count,
};

}  // namespace quarry::kql::operators
