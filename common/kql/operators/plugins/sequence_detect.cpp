// sequence_detect(timeline, maxStep, maxSpan, [Name =] Condition, …, Column, …): rows that meet
// conditions one after the other, each at most `maxStep` behind the one before and all within
// `maxSpan`. Columns tell the sequences apart that different devices or people make.
//
// Every combination of rows is an occurrence (the documentation's example pairs one first row with
// two second ones), but those with equal times are shown once. A row is one step; of rows with
// equal times the one that comes first in the input is the earlier.
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/plugins/activity.h"
#include "common/value/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace quarry::kql::operators {
namespace {

constexpr std::size_t kMostOccurrences = 1'000'000;
constexpr std::size_t kMostPairs = 500'000'000;  // rows looked at behind rows: seconds

struct Step {
  Position time;
  std::vector<bool> meets;  // by condition
};

struct Occurrence {
  std::uint32_t group;
  std::vector<Position> times;
  friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
};

struct Detector {
  const PluginCall& call;
  Position most_between, most_in_all;
  std::size_t length;
  std::set<Occurrence> found = {};
  std::size_t pairs = 0;

  bool has_too_many() const { return found.size() >= kMostOccurrences || pairs >= kMostPairs; }

  /// Rows of one group, in order of time.
  void add(std::uint32_t group, const std::vector<Step>& steps) {
    std::vector<Position> times;
    for (std::size_t i = 0; i < steps.size() && !is_cancelled(call); ++i) {
      if (!steps[i].meets[0] || (!times.empty() && times[0] == steps[i].time))
        continue;  // a later row of the same time gives no new times
      times.assign(1, steps[i].time);
      go_on(group, steps, i, times);
    }
  }

 private:
  void go_on(std::uint32_t group, const std::vector<Step>& steps, std::size_t at,
             std::vector<Position>& times) {
    if (has_too_many()) return;
    if (times.size() == length) {
      found.insert({group, times});
      return;
    }
    Position last = -1;
    bool any = false;
    for (std::size_t i = at + 1; i < steps.size(); ++i) {
      ++pairs;
      const Position time = steps[i].time;
      if (time - times.back() > most_between || time - times.front() > most_in_all) return;
      if (!steps[i].meets[times.size()] || (any && time == last)) continue;
      any = true;
      last = time;
      times.push_back(time);
      go_on(group, steps, i, times);
      times.pop_back();
    }
  }
};

/// The input's columns that are read: timeline, conditions, dimensions.
struct Columns {
  std::vector<NamedValue> values;
  std::vector<std::string> conditions;  // names
  std::size_t dimensions = 0;
};

std::optional<Columns> read_columns(const PluginCall& call, const PlanNode& input,
                                    const BoundColumn& timeline) {
  Binder& binder = call.binder();
  Columns columns;
  columns.values.push_back(pass(timeline));
  std::vector<syntax::Expression*> rest;
  for (const syntax::Expression* written : call.rest())
    rest.push_back(const_cast<syntax::Expression*>(written));
  std::vector<NamedValue> dimensions;
  for (NamedValue& value : binder.bind_named_list(rest, RowScope::of(input))) {
    if (value.value->type == Type::kUnknown) return std::nullopt;
    if (value.value->type == Type::kBool && dimensions.empty()) {
      columns.conditions.push_back(value.name);
      columns.values.push_back(std::move(value));
    } else {
      dimensions.push_back(std::move(value));
    }
  }
  if (columns.conditions.empty()) {
    binder.error(call.span(), "sequence_detect wants at least one condition behind the times",
                 "sequence_detect(Timestamp, 10m, 1h, a = (x == 1), b = (y == 2), DeviceId)");
    return std::nullopt;
  }
  columns.dimensions = dimensions.size();
  for (NamedValue& value : dimensions) columns.values.push_back(std::move(value));
  return columns;
}

void detect(const PluginRows& rows, const Numbering& groups, std::size_t conditions,
            Detector& detector) {
  std::vector<std::vector<Step>> steps(groups.first_row.size());
  for (std::size_t row = 0; row < rows.all.rows(); ++row) {
    const auto time = position_of(rows.at(0, row));
    if (!time) continue;
    Step step{*time, std::vector<bool>(conditions)};
    for (std::size_t i = 0; i < conditions; ++i) {
      const Cells<Type::kBool> cells(rows.all.column(1 + i));
      step.meets[i] = !cells.is_null(row) && cells[row] != 0;
    }
    if (std::find(step.meets.begin(), step.meets.end(), true) != step.meets.end())
      steps[groups.of_row[row]].push_back(std::move(step));
  }
  for (std::uint32_t group = 0; group < steps.size(); ++group) {
    std::stable_sort(steps[group].begin(), steps[group].end(),
                     [](const Step& a, const Step& b) { return a.time < b.time; });
    detector.add(group, steps[group]);
  }
}

PlanNodePtr table_of_occurrences(Binder& binder, const PluginRows& rows, const Numbering& groups,
                                 const std::set<Occurrence>& found, const Columns& columns,
                                 const BoundColumn& timeline) {
  std::vector<const Occurrence*> sorted;
  for (const Occurrence& each : found) sorted.push_back(&each);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Occurrence* a, const Occurrence* b) { return a->times < b->times; });
  std::vector<ColumnSchema> schema;
  std::vector<Column> cells;
  for (std::size_t i = 0; i < columns.dimensions; ++i) {
    const std::size_t at = 1 + columns.conditions.size() + i;
    schema.push_back(rows.schema.columns[at]);
    const auto builder = make_builder(schema.back().type, sorted.size());
    for (const Occurrence* each : sorted)
      builder->append_from(rows.all.column(at), groups.first_row[each->group]);
    cells.push_back(builder->finish());
  }
  std::vector<Position> positions(sorted.size());
  for (std::size_t i = 0; i < columns.conditions.size(); ++i) {
    std::transform(sorted.begin(), sorted.end(), positions.begin(),
                   [&](const Occurrence* each) { return each->times[i]; });
    schema.push_back({columns.conditions[i] + "_" + timeline.name, timeline.type});
    cells.push_back(column_of(timeline.type, positions));
  }
  std::transform(sorted.begin(), sorted.end(), positions.begin(),
                 [](const Occurrence* each) { return each->times.back() - each->times.front(); });
  schema.push_back({"Duration", length_type(timeline.type)});
  cells.push_back(column_of(schema.back().type, positions));
  return named_table(binder, "sequence_detect", std::move(schema),
                     Batch(std::move(cells), sorted.size()));
}

PlanNodePtr bind_sequence_detect(const PluginCall& call, PlanNodePtr input) {
  const auto source =
      activity_source(call, *input, {.id = "TimelineColumn", .timeline = "TimelineColumn"});
  if (!source) return nullptr;
  const BoundColumn timeline = source->columns[1];
  TimelineArguments arguments(call, timeline.type);
  const Position most_between = arguments.length("MaxSequenceStepWindow"),
                 most_in_all = arguments.length("MaxSequenceSpan");
  const auto columns = read_columns(call, *input, timeline);
  if (!columns || !arguments.sound()) return nullptr;
  const auto rows =
      rows_of(call.binder(), call.binder().project(std::move(input), columns->values), call.span());
  if (!rows) return nullptr;
  std::vector<const Column*> dimensions;
  for (std::size_t i = 1 + columns->conditions.size(); i < rows->all.column_count(); ++i)
    dimensions.push_back(&rows->all.column(i));
  const Numbering groups = number_rows(dimensions, rows->all.rows());
  Detector detector{call, most_between, most_in_all, columns->conditions.size()};
  detect(*rows, groups, columns->conditions.size(), detector);
  if (detector.has_too_many()) {
    call.binder().error(call.span(), "sequence_detect found too many combinations of rows",
                        "shorten the times, or name columns that tell sequences apart");
    return nullptr;
  }
  return table_of_occurrences(call.binder(), *rows, groups, detector.found, *columns, timeline);
}

constexpr Param kParams[]{
    {.name = "TimelineColumn", .help = "When."},
    {.name = "MaxSequenceStepWindow", .help = "The longest time from one step to the next."},
    {.name = "MaxSequenceSpan", .help = "The longest time from the first step to the last."},
    {.name = "step",
     .help = "Conditions of the steps, then columns that tell sequences apart.",
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kSequenceDetect{
    .name = "sequence_detect",
    .summary = "Finds rows that meet conditions one after the other within some time.",
    .params = kParams,
    .example =
        "datatable (t: long, s: string) [1, 'a', 4, 'b', 20, 'b'] | evaluate sequence_detect(t, "
        "10, 10, first = (s == 'a'), second = (s == 'b')) | project Duration",
    .example_result = "3",
    .named_rest = true,
    .bind = bind_sequence_detect,
};

}  // namespace quarry::kql::operators
