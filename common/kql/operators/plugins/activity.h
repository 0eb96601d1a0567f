// What the user analytics plugins share: who (an id) was seen when (a place on a timeline), by
// dimensions.
//
// Rows without a time or without an id are no activity. Counts of distinct ids are exact.
#pragma once

#include "common/kql/operators/plugins/timeline.h"

#include <set>
#include <variant>

namespace quarry::kql::operators {

/// Distinct rows of some columns, numbered in the order of their first appearance.
struct Numbering {
  std::vector<std::uint32_t> of_row;
  std::vector<std::uint32_t> first_row;  // by number
};
Numbering number_rows(const std::vector<const Column*>& columns, std::size_t rows);

struct Event {
  Position time = 0;
  std::uint32_t id = 0;     // a number of Activity::ids
  std::uint32_t group = 0;  // of dimensions: a number of Activity::groups
  std::uint32_t state = 0;  // a number of Activity::states
};
using Events = std::span<const Event>;

struct ActivityColumns {
  std::string_view id;
  std::string_view timeline;
  std::string_view state{};  // empty: none
  std::vector<const syntax::Expression*> dimensions{};
};

/// What is known of the input before it runs.
struct ActivitySource {
  std::vector<BoundColumn> columns;  // id, timeline, state where there is one, dimensions
  std::size_t first_dimension = 2;

  Type timeline() const { return columns[1].type; }
  const std::string& timeline_name() const { return columns[1].name; }
};
/// The columns that the arguments name; nullopt after an error.
std::optional<ActivitySource> activity_source(const PluginCall& call, const PlanNode& input,
                                              const ActivityColumns& columns);

struct Activity {
  ActivitySource source;
  Batch rows;  // of the source's columns
  Numbering ids, groups, states;
  std::vector<Event> events;  // by group, then time, then row

  /// The events of each group, without those outside [from, to].
  std::vector<Events> by_group(Position from, Position to) const;
  Scalar id(std::uint32_t number) const {
    return Scalar::from(rows.column(0), ids.first_row[number]);
  }
  Scalar state(std::uint32_t number) const {
    return Scalar::from(rows.column(2), states.first_row[number]);
  }
};
/// Runs the input; nullopt after an error.
std::optional<Activity> read_activity(const PluginCall& call, PlanNodePtr input,
                                      ActivitySource source);

/// The same events sorted by id; those of one id stay in their order.
std::vector<Event> by_id(Events events);
std::set<std::uint32_t> distinct_ids(Events events);

/// Calls f(key, events) for each run of events with an equal key.
template <class Key, class F>
void for_each_run(Events events, Key key, F f) {
  for (std::size_t begin = 0; begin < events.size();) {
    const auto value = key(events[begin]);
    std::size_t end = begin + 1;
    while (end < events.size() && key(events[end]) == value) ++end;
    f(value, events.subspan(begin, end - begin));
    begin = end;
  }
}

using Metric = std::variant<std::int64_t, double>;

/// A result under construction: times, the dimensions of a group, metrics. Rows come out by time,
/// then group.
class ActivityTable {
 public:
  static constexpr std::size_t kMostRows = 10'000'000;

  ActivityTable(const PluginCall& call, std::string_view label) : call_(call), label_(label) {}
  void add(std::vector<Position> times, std::uint32_t group, std::vector<Metric> metrics) {
    rows_.push_back({std::move(times), group, std::move(metrics)});
  }
  /// Nothing more is wanted.
  bool is_full() const { return rows_.size() >= kMostRows || is_cancelled(call_); }
  /// `times` are the names of the time columns. Null after an error.
  PlanNodePtr finish(const Activity& activity, const std::vector<std::string>& times,
                     const std::vector<ColumnSchema>& metrics);

 private:
  struct Row {
    std::vector<Position> times;
    std::uint32_t group;
    std::vector<Metric> metrics;
  };
  const PluginCall& call_;
  std::string_view label_;
  std::vector<Row> rows_;
};

/// A table with names made unique (the timeline may be called as a metric is).
PlanNodePtr named_table(Binder& binder, std::string_view label, std::vector<ColumnSchema> schema,
                        Batch batch);

}  // namespace quarry::kql::operators
