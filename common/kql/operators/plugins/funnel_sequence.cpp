// funnel_sequence(id, timeline, start, end, maxStep, step, state, sequence): the ids that went
// through states one right after the other, by the state before and the state behind. Three
// results: by both, by the state before, by the state behind.
//
// Rows of one id that repeat a state are one stay in it: the documentation's example never shows a
// state that follows itself. From the end of one stay to the begin of the next at most `maxStep`
// passes; the states before and behind may be farther away.
#include "common/kql/operators/plugins/funnel.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"

#include <algorithm>
#include <map>

namespace quarry::kql::operators {
namespace {

constexpr std::size_t kMostSamples = 128;

struct Stay {
  std::uint32_t state;
  Position first, last;
};

/// A way that ids went: bin, state before, state behind; kNoState where there is none or it is left
/// open.
struct Way {
  std::int64_t bin;
  std::uint32_t before, behind;
  friend auto operator<=>(const Way&, const Way&) = default;
};

class Ways {
 public:
  void add(const Way& way, std::uint32_t id) {
    const auto [at, is_new] = places_.emplace(way, ways_.size());
    if (is_new) ways_.push_back({way, {}});
    ways_[at->second].ids.insert(id);
  }

  struct Found {
    Way way;
    std::set<std::uint32_t> ids;
  };
  /// By bin, the most frequent first, then by first appearance.
  std::vector<Found> take() {
    std::stable_sort(ways_.begin(), ways_.end(), [](const Found& a, const Found& b) {
      return a.way.bin != b.way.bin ? a.way.bin < b.way.bin : a.ids.size() > b.ids.size();
    });
    return std::move(ways_);
  }

 private:
  std::map<Way, std::size_t> places_;
  std::vector<Found> ways_;
};

struct Funnel {
  Position most_between;
  Bins bins;
  std::vector<std::uint32_t> sequence;
  Ways both{}, by_before{}, by_behind{};

  std::vector<Stay> stays_of(Events events) const {
    const bool repeats = std::adjacent_find(sequence.begin(), sequence.end()) !=
                         sequence.end();  // then each row is a stay of its own
    std::vector<Stay> stays;
    for (const Event& event : events) {
      if (!repeats && !stays.empty() && stays.back().state == event.state)
        stays.back().last = event.time;
      else
        stays.push_back({event.state, event.time, event.time});
    }
    return stays;
  }

  bool begins_at(const std::vector<Stay>& stays, std::size_t at) const {
    if (at + sequence.size() > stays.size()) return false;
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      if (stays[at + i].state != sequence[i]) return false;
      if (i > 0 && stays[at + i].first - stays[at + i - 1].last > most_between) return false;
    }
    return true;
  }

  void add(std::uint32_t id, Events events) {
    const std::vector<Stay> stays = stays_of(events);
    for (std::size_t at = 0; at < stays.size(); ++at) {
      if (!begins_at(stays, at)) continue;
      const std::size_t end = at + sequence.size();
      const std::int64_t bin = bins.bin(stays[at].first);
      const std::uint32_t before = at == 0 ? kNoState : stays[at - 1].state;
      const std::uint32_t behind = end == stays.size() ? kNoState : stays[end].state;
      both.add({bin, before, behind}, id);
      by_before.add({bin, before, kNoState}, id);
      by_behind.add({bin, kNoState, behind}, id);
    }
  }
};

void append_json(std::string& json, const Scalar& value) {
  const bool bare = is_integer(value.type()) || value.type() == Type::kBool;
  if (bare)
    json += text_of(value);
  else if (value.type() == Type::kDynamic)
    json += value.get<DynamicText>().json;
  else
    append_json_string(json, text_of(value));
}

std::string samples_of(const Activity& activity, const std::set<std::uint32_t>& ids) {
  std::string json = "[";
  std::size_t count = 0;
  for (const std::uint32_t id : ids) {
    if (count++ == kMostSamples) break;
    if (count > 1) json += ',';
    append_json(json, activity.id(id));
  }
  return json + "]";
}

enum class Shown : std::uint8_t { kBoth, kBefore, kBehind };

PlanNodePtr table_of_ways(Binder& binder, const Activity& activity, const Bins& bins,
                          std::vector<Ways::Found> found, Shown shown) {
  std::vector<Position> times;
  ColumnBuilder<Type::kLong> counts;
  ColumnBuilder<Type::kDynamic> samples;
  for (const Ways::Found& each : found) {
    times.push_back(bins.start(each.way.bin));
    counts.append(static_cast<std::int64_t>(each.ids.size()));
    samples.append_copy(samples_of(activity, each.ids));
  }
  const Type state_type = activity.source.columns[2].type;
  std::vector<ColumnSchema> schema{{activity.source.timeline_name(), activity.source.timeline()}};
  std::vector<Column> columns{column_of(activity.source.timeline(), times)};
  const auto add = [&](const std::string& name, std::uint32_t Way::*state) {
    const auto builder = make_builder(state_type, found.size());
    for (const Ways::Found& each : found) {
      if (each.way.*state == kNoState)
        builder->append_null();
      else
        builder->append_from(activity.rows.column(2), activity.states.first_row[each.way.*state]);
    }
    schema.push_back({name, state_type});
    columns.push_back(builder->finish());
  };
  if (shown != Shown::kBehind) add("prev", &Way::before);
  if (shown != Shown::kBefore) add("next", &Way::behind);
  schema.push_back({"dcount", Type::kLong});
  schema.push_back({"samples", Type::kDynamic});
  columns.push_back(counts.finish());
  columns.push_back(samples.finish());
  return named_table(binder, "funnel_sequence", std::move(schema),
                     Batch(std::move(columns), found.size()));
}

PlanNodePtr bind_funnel_sequence(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  if (!call.may_give_results()) return nullptr;
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .state = "StateColumn"});
  if (!source) return nullptr;
  TimelineArguments arguments(call, source->timeline());
  const Position start = arguments.point("Start"), end = arguments.point("End"),
                 most = arguments.length("MaxSequenceStepWindow");
  const Bins bins = arguments.bins("Step", start);
  const auto sequence = array_argument(call, "Sequence");
  if (!arguments.sound() || !sequence) return nullptr;
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  Funnel funnel{most, bins, states_of(*activity, *sequence)};
  for (const Events group : activity->by_group(start, end)) {
    for_each_run(
        by_id(group), [](const Event& event) { return event.id; },
        [&](std::uint32_t id, Events events) { funnel.add(id, events); });
  }
  PlanNodePtr first = table_of_ways(binder, *activity, bins, funnel.both.take(), Shown::kBoth);
  binder.add_result(
      table_of_ways(binder, *activity, bins, funnel.by_before.take(), Shown::kBefore));
  binder.add_result(
      table_of_ways(binder, *activity, bins, funnel.by_behind.take(), Shown::kBehind));
  return first;
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who goes through the states."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first moment to look at; bins count from here."},
    {.name = "End", .help = "The last moment to look at."},
    {.name = "MaxSequenceStepWindow",
     .help = "The longest time between two states of the sequence."},
    {.name = "Step", .help = "The length of a bin of the result."},
    {.name = "StateColumn", .help = "The states."},
    {.name = "Sequence", .help = "An array of states."}};

}  // namespace

extern constinit const PluginDef kFunnelSequence{
    .name = "funnel_sequence",
    .summary = "Counts ids that went through a sequence of states, by what came before and behind.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long, s: string) ['a', 1, 'x', 'a', 2, 'y', 'a', 3, 'z'] | "
        "evaluate funnel_sequence(id, t, 0, 9, 5, 10, s, dynamic(['y']))",
    .example_result = "0",
    .bind = bind_funnel_sequence,
};

}  // namespace quarry::kql::operators
