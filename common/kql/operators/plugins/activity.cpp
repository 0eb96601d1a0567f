#include "common/kql/operators/plugins/activity.h"

#include "common/kql/operators/column_names.h"
#include "common/value/builder.h"
#include "common/value/compare.h"
#include "common/value/hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace quarry::kql::operators {

Numbering number_rows(const std::vector<const Column*>& columns, std::size_t rows) {
  Numbering numbering;
  std::vector<std::uint64_t> hashes;
  hash_rows(columns, rows, hashes);
  std::unordered_multimap<std::uint64_t, std::uint32_t> known;
  numbering.of_row.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto [begin, end] = known.equal_range(hashes[row]);
    const auto found = std::find_if(begin, end, [&](const auto& entry) {
      const std::size_t first = numbering.first_row[entry.second];
      return std::all_of(columns.begin(), columns.end(), [&](const Column* column) {
        return compare_rows(*column, row, *column, first) == 0;
      });
    });
    if (found != end) {
      numbering.of_row.push_back(found->second);
      continue;
    }
    const auto number = static_cast<std::uint32_t>(numbering.first_row.size());
    numbering.of_row.push_back(number);
    numbering.first_row.push_back(static_cast<std::uint32_t>(row));
    known.emplace(hashes[row], number);
  }
  return numbering;
}

std::optional<ActivitySource> activity_source(const PluginCall& call, const PlanNode& input,
                                              const ActivityColumns& columns) {
  Binder& binder = call.binder();
  ActivitySource source;
  const BoundColumn* const id = call.column(columns.id, input);
  const BoundColumn* const timeline = call.column(columns.timeline, input);
  if (id == nullptr || timeline == nullptr) return std::nullopt;
  source.columns = {*id, *timeline};
  const Type type = timeline->type;
  if (type != Type::kDatetime && type != Type::kTimespan && !is_integer(type) &&
      type != Type::kReal) {
    binder.error(
        call.argument(columns.timeline)->span,
        fmt::format("a timeline must be of type datetime, timespan, int, long or real, not {}",
                    name_of(type)));
    return std::nullopt;
  }
  if (!columns.state.empty()) {
    const BoundColumn* const state = call.column(columns.state, input);
    if (state == nullptr) return std::nullopt;
    source.columns.push_back(*state);
  }
  source.first_dimension = source.columns.size();
  for (const syntax::Expression* written : columns.dimensions) {
    if (written->kind != syntax::ExpressionKind::kName) {
      binder.error(written->span, "a dimension must be a column of the input");
      return std::nullopt;
    }
    const BoundColumn* const dimension =
        binder.column(input, static_cast<const syntax::Name&>(*written));
    if (dimension == nullptr) return std::nullopt;
    source.columns.push_back(*dimension);
  }
  return source;
}

std::optional<Activity> read_activity(const PluginCall& call, PlanNodePtr input,
                                      ActivitySource source) {
  std::vector<NamedValue> values;
  for (std::size_t i = 0; i < source.columns.size(); ++i)
    values.push_back({fmt::format("c{}", i), make_column(source.columns[i]), {}, true});
  auto rows = rows_of(call.binder(), call.binder().project(std::move(input), values), call.span());
  if (!rows) return std::nullopt;
  Activity activity{std::move(source), std::move(rows->all), {}, {}, {}, {}};
  const std::size_t count = activity.rows.rows();
  std::vector<const Column*> dimensions;
  for (std::size_t i = activity.source.first_dimension; i < activity.rows.column_count(); ++i)
    dimensions.push_back(&activity.rows.column(i));
  activity.ids = number_rows({&activity.rows.column(0)}, count);
  activity.groups = number_rows(dimensions, count);
  if (activity.source.first_dimension == 3)
    activity.states = number_rows({&activity.rows.column(2)}, count);
  const NullCheck no_id(activity.rows.column(0));
  for (std::size_t row = 0; row < count; ++row) {
    const auto time = position_of(Scalar::from(activity.rows.column(1), row));
    if (!time || no_id.is_null(row)) continue;
    activity.events.push_back({*time, activity.ids.of_row[row], activity.groups.of_row[row],
                               activity.states.of_row.empty() ? 0 : activity.states.of_row[row]});
  }
  std::stable_sort(activity.events.begin(), activity.events.end(),
                   [](const Event& a, const Event& b) {
                     return a.group != b.group ? a.group < b.group : a.time < b.time;
                   });
  return activity;
}

std::vector<Events> Activity::by_group(Position from, Position to) const {
  std::vector<Events> groups_of_events;
  for_each_run(
      events, [](const Event& event) { return event.group; },
      [&](std::uint32_t, Events of_group) {
        const auto begin =
            std::lower_bound(of_group.begin(), of_group.end(), from,
                             [](const Event& event, Position at) { return event.time < at; });
        const auto end =
            std::upper_bound(begin, of_group.end(), to,
                             [](Position at, const Event& event) { return at < event.time; });
        if (begin != end) groups_of_events.emplace_back(begin, end);
      });
  return groups_of_events;
}

std::vector<Event> by_id(Events events) {
  std::vector<Event> sorted(events.begin(), events.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Event& a, const Event& b) { return a.id < b.id; });
  return sorted;
}

std::set<std::uint32_t> distinct_ids(Events events) {
  std::set<std::uint32_t> ids;
  for (const Event& event : events) ids.insert(event.id);
  return ids;
}

PlanNodePtr ActivityTable::finish(const Activity& activity, const std::vector<std::string>& times,
                                  const std::vector<ColumnSchema>& metrics) {
  if (rows_.size() >= kMostRows) {
    call_.binder().error(call_.span(),
                         fmt::format("{} would give more than {} rows", label_, kMostRows),
                         "take a longer period");
    return nullptr;
  }
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return a.times != b.times ? a.times < b.times : a.group < b.group;
  });
  std::vector<ColumnSchema> schema;
  std::vector<Column> columns;
  for (std::size_t i = 0; i < times.size(); ++i) {
    std::vector<Position> positions;
    for (const Row& row : rows_) positions.push_back(row.times[i]);
    schema.push_back({times[i], activity.source.timeline()});
    columns.push_back(column_of(activity.source.timeline(), positions));
  }
  for (std::size_t i = activity.source.first_dimension; i < activity.source.columns.size(); ++i) {
    schema.push_back({activity.source.columns[i].name, activity.source.columns[i].type});
    const auto builder = make_builder(schema.back().type, rows_.size());
    for (const Row& row : rows_)
      builder->append_from(activity.rows.column(i), activity.groups.first_row[row.group]);
    columns.push_back(builder->finish());
  }
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    schema.push_back(metrics[i]);
    ColumnBuilder<Type::kLong> whole;
    ColumnBuilder<Type::kReal> real;
    for (const Row& row : rows_) {
      if (metrics[i].type == Type::kLong)
        whole.append(std::get<std::int64_t>(row.metrics[i]));
      else
        real.append(std::get<double>(row.metrics[i]));
    }
    columns.push_back(metrics[i].type == Type::kLong ? whole.finish() : real.finish());
  }
  return named_table(call_.binder(), label_, std::move(schema),
                     Batch(std::move(columns), rows_.size()));
}

PlanNodePtr named_table(Binder& binder, std::string_view label, std::vector<ColumnSchema> schema,
                        Batch batch) {
  UniqueNames names;
  for (ColumnSchema& column : schema) column.name = names.make(column.name);
  return table_of(binder, label, Schema{std::move(schema)}, std::move(batch));
}

}  // namespace quarry::kql::operators
