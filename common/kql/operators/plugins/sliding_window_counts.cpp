// sliding_window_counts(id, timeline, start, end, lookback, bin, [dim, …]): for each bin the events
// and ids of the time `lookback` long that ends with it.
//
// An event counts in its own bin and in each later one that begins less than `lookback` after it.
// Bins count from `start`; events before it are looked back at. Bins of empty windows have no row.
#include "common/kql/operators/plugins/activity.h"

#include <algorithm>
#include <map>

namespace quarry::kql::operators {
namespace {

struct Sliding {
  Position lookback;
  Bins bins;
  std::int64_t first, last;  // bins of the result

  void add(Events group, ActivityTable& table) const {
    std::map<std::uint32_t, std::size_t> ids;  // in the window -> events
    std::size_t oldest = 0, next = 0;          // the window is [oldest, next)
    for (std::int64_t bin = bins.bin(group[0].time); bin <= last && !table.is_full(); ++bin) {
      const Position start = bins.start(bin);
      for (; next < group.size() && bins.bin(group[next].time) <= bin; ++next)
        ++ids[group[next].id];
      for (; oldest < next && is_out(group[oldest], bin, start); ++oldest) {
        const auto id = ids.find(group[oldest].id);
        if (--id->second == 0) ids.erase(id);
      }
      if (oldest == next) {  // nothing here: on to the next event
        if (next == group.size()) return;
        bin = bins.bin(group[next].time) - 1;
      } else if (bin < first) {  // far before `start` there is nothing to show
        const std::int64_t behind =
            next == group.size() ? first : std::min(first, bins.bin(group[next].time));
        bin = std::max(bin, behind - 1);
      } else {
        table.add(
            {start}, group[0].group,
            {static_cast<std::int64_t>(next - oldest), static_cast<std::int64_t>(ids.size())});
      }
    }
  }

 private:
  bool is_out(const Event& event, std::int64_t bin, Position start) const {
    const std::int64_t own = bins.bin(event.time);
    return own < bin && bins.start(own) + lookback <= start;
  }
};

PlanNodePtr bind_sliding_window_counts(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .dimensions = call.rest()});
  if (!source) return nullptr;
  TimelineArguments arguments(call, source->timeline());
  const Position start = arguments.point("Start"), end = arguments.point("End"),
                 lookback = arguments.length("LookbackWindow");
  const Bins bins = arguments.bins("Bin", start);
  if (!arguments.sound()) return nullptr;
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  const Sliding sliding{lookback, bins, bins.bin(start), bins.bin(end)};
  ActivityTable table(call, "sliding_window_counts");
  for (const Events group : activity->by_group(start - lookback, end)) sliding.add(group, table);
  return table.finish(*activity, {activity->source.timeline_name()},
                      {{"Count", Type::kLong}, {"Dcount", Type::kLong}});
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who was active."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first bin of the result; bins count from here."},
    {.name = "End", .help = "The last moment to look at."},
    {.name = "LookbackWindow", .help = "The length of the time that each row counts."},
    {.name = "Bin", .help = "The step from row to row, or 'week', 'month', 'year'."},
    {.name = "dim",
     .help = "Columns whose values are counted apart.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kSlidingWindowCounts{
    .name = "sliding_window_counts",
    .summary = "Counts events and ids of the last so many days for each day.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long) ['a', 0, 'b', 1, 'a', 1] | evaluate "
        "sliding_window_counts(id, t, 0, 2, 2, 1) | where t == 1 | project Count",
    .example_result = "3",
    .bind = bind_sliding_window_counts,
};

}  // namespace quarry::kql::operators
