// rolling_percentile(value, percentile, index, binSize, binsPerWindow, [dim, …]): for each bin the
// percentile of the values in the window of so many bins that ends with it.
//
// Bins are multiples of `binSize`. The result is one of the values, that of rank ceil(percentile /
// 100 * values), as percentile() takes it. A bin without values has a row where its window has some
// and it is not behind the last bin of all.
#include "common/kql/operators/plugins/activity.h"
#include "common/value/builder.h"
#include "common/value/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace quarry::kql::operators {
namespace {

struct Found {
  std::int64_t bin;
  std::uint32_t group;
  std::uint32_t rank;
};

/// Numbers of values, least first.
std::vector<std::uint32_t> sorted_values(const Activity& activity) {
  std::vector<std::uint32_t> values(activity.ids.first_row.size());
  for (std::uint32_t i = 0; i < values.size(); ++i) values[i] = i;
  const Column& column = activity.rows.column(0);
  std::sort(values.begin(), values.end(), [&](std::uint32_t a, std::uint32_t b) {
    return compare_rows(column, activity.ids.first_row[a], column, activity.ids.first_row[b]) < 0;
  });
  return values;
}

struct Rolling {
  const PluginCall& call;
  double percentile;
  std::int64_t bins_per_window;
  Bins bins;
  std::int64_t last = 0;
  std::vector<std::uint32_t> rank_of = {};  // by number of value

  bool add(Events group, std::vector<Found>& found) const {
    std::size_t oldest = 0, next = 0;
    std::vector<std::uint32_t> ranks;
    for (std::int64_t bin = bins.bin(group[0].time); bin <= last && !is_cancelled(call); ++bin) {
      while (next < group.size() && bins.bin(group[next].time) <= bin) ++next;
      while (oldest < next &&
             static_cast<Position>(bin) - static_cast<Position>(bins.bin(group[oldest].time)) >=
                 static_cast<Position>(bins_per_window))
        ++oldest;
      if (oldest == next) {
        if (next == group.size()) return true;
        bin = bins.bin(group[next].time) - 1;
        continue;
      }
      ranks.clear();
      for (std::size_t i = oldest; i < next; ++i) ranks.push_back(rank_of[group[i].id]);
      const double place = std::ceil(percentile / 100 * static_cast<double>(ranks.size()));
      const auto nth =
          ranks.begin() +
          static_cast<std::ptrdiff_t>(std::clamp(place, 1.0, static_cast<double>(ranks.size()))) -
          1;
      std::nth_element(ranks.begin(), nth, ranks.end());
      found.push_back({bin, group[0].group, *nth});
      if (found.size() >= ActivityTable::kMostRows) return false;
    }
    return true;
  }
};

PlanNodePtr table_of_found(const PluginCall& call, const Activity& activity, const Rolling& rolling,
                           std::vector<Found>& found, const std::vector<std::uint32_t>& values,
                           const std::string& name) {
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.bin != b.bin ? a.bin < b.bin : a.group < b.group;
  });
  std::vector<Position> times;
  for (const Found& each : found) times.push_back(rolling.bins.start(each.bin));
  std::vector<ColumnSchema> schema{{activity.source.timeline_name(), activity.source.timeline()}};
  std::vector<Column> columns{column_of(activity.source.timeline(), times)};
  const auto add = [&](std::size_t column, const std::string& column_name, auto row_of) {
    schema.push_back({column_name, activity.source.columns[column].type});
    const auto builder = make_builder(schema.back().type, found.size());
    for (const Found& each : found)
      builder->append_from(activity.rows.column(column), row_of(each));
    columns.push_back(builder->finish());
  };
  for (std::size_t i = 2; i < activity.source.columns.size(); ++i) {
    add(i, activity.source.columns[i].name,
        [&](const Found& each) { return activity.groups.first_row[each.group]; });
  }
  add(0, name, [&](const Found& each) { return activity.ids.first_row[values[each.rank]]; });
  return named_table(call.binder(), "rolling_percentile", std::move(schema),
                     Batch(std::move(columns), found.size()));
}

PlanNodePtr bind_rolling_percentile(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "ValueColumn", .timeline = "IndexColumn", .dimensions = call.rest()});
  if (!source) return nullptr;
  if (const Type type = source->columns[0].type;
      !is_numeric(type) && type != Type::kDatetime && type != Type::kTimespan) {
    call.binder().error(
        call.argument("ValueColumn")->span,
        fmt::format("rolling_percentile wants numbers, datetimes or timespans, not {}",
                    name_of(type)));
    return nullptr;
  }
  TimelineArguments arguments(call, source->timeline());
  const Bins bins = arguments.bins("BinSize", 0);
  const std::int64_t per_window = arguments.count("BinsPerWindow");
  const auto percentile = call.constant("Percentile", Type::kReal);
  if (!arguments.sound() || (!percentile && !call.binder().checking())) return nullptr;
  const double wanted = percentile && !percentile->is_null() ? percentile->get<double>() : 50;
  if (!(wanted >= 0 && wanted <= 100)) {
    call.binder().error(call.argument("Percentile")->span,
                        "a percentile must be between 0 and 100");
    return nullptr;
  }
  const std::string name =
      fmt::format("rolling_{}_percentile_{}_{}", per_window, source->columns[0].name, wanted);
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  Rolling rolling{call, wanted, per_window, bins};
  const std::vector<std::uint32_t> values = sorted_values(*activity);
  rolling.rank_of.resize(values.size());
  for (std::uint32_t rank = 0; rank < values.size(); ++rank) rolling.rank_of[values[rank]] = rank;
  for (const Event& event : activity->events)
    rolling.last = std::max(&event == &activity->events[0] ? bins.bin(event.time) : rolling.last,
                            bins.bin(event.time));
  std::vector<Found> found;
  constexpr Position kInfinite = std::numeric_limits<Position>::infinity();
  for (const Events group : activity->by_group(-kInfinite, kInfinite)) {
    if (rolling.add(group, found)) continue;
    call.binder().error(
        call.span(),
        fmt::format("rolling_percentile would give more than {} rows", ActivityTable::kMostRows),
        "take larger bins");
    return nullptr;
  }
  return table_of_found(call, *activity, rolling, found, values, name);
}

constexpr Param kParams[]{
    {.name = "ValueColumn", .help = "The values."},
    {.name = "Percentile", .help = "Which percentile, 0 to 100."},
    {.name = "IndexColumn", .help = "What the window rolls over: times or numbers."},
    {.name = "BinSize", .help = "The step of the window."},
    {.name = "BinsPerWindow", .help = "How many bins a window has."},
    {.name = "dim", .help = "Columns whose values roll apart.", .optional = true, .repeats = true}};

}  // namespace

extern constinit const PluginDef kRollingPercentile{
    .name = "rolling_percentile",
    .summary = "A percentile of the values in a window that rolls over time.",
    .params = kParams,
    .example =
        "range t from 1 to 9 step 1 | extend v = t * 10 | evaluate rolling_percentile(v, 50, t, 1, "
        "3) | where t == 9 | project rolling_3_percentile_v_50",
    .example_result = "80",
    .bind = bind_rolling_percentile,
};

}  // namespace quarry::kql::operators
