// funnel_sequence_completion(id, timeline, start, end, step, state, sequence, periods): for each
// period and each state of a sequence the ids that got as far as that state within the period.
//
// The period runs from the first state of the sequence to the state at hand; other states may come
// in between. An id counts in the bin where its sequence begins. A row for every bin in which some
// id has the first state, every period and every state.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/plugins/funnel.h"
#include "common/value/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace quarry::kql::operators {
namespace {

/// bin -> state of the sequence -> period -> ids
using Reached = std::map<std::int64_t, std::vector<std::vector<std::int64_t>>>;

struct Completion {
  Bins bins;
  std::vector<std::uint32_t> sequence;
  std::vector<Position> periods;
  Position longest;

  /// For each bin and state the shortest time in which the id got there.
  void add(Events events, Reached& reached) const {
    std::vector<std::map<std::int64_t, Position>> begins(
        sequence.size());  // state -> bin -> latest begin of a sequence that is there
    std::map<std::int64_t, std::vector<Position>> shortest;
    for (const Event& event : events) {
      for (std::size_t at = sequence.size(); at-- > 0;) {  // from the end: one event is one step
        if (event.state != sequence[at]) continue;
        if (at == 0) {
          arrive(event.time, 0, bins.bin(event.time), event.time, begins, shortest);
          continue;
        }
        std::erase_if(begins[at - 1],
                      [&](const auto& begin) { return event.time - begin.second > longest; });
        for (const auto& [bin, begin] : begins[at - 1])
          arrive(event.time, at, bin, begin, begins, shortest);
      }
    }
    for (const auto& [bin, times] : shortest) {
      auto& counts =
          reached.try_emplace(bin, sequence.size(), std::vector<std::int64_t>(periods.size()))
              .first->second;
      for (std::size_t at = 0; at < times.size(); ++at) {
        for (std::size_t i = 0; i < periods.size(); ++i)
          counts[at][i] += times[at] <= periods[i] ? 1 : 0;
      }
    }
  }

 private:
  void arrive(Position now, std::size_t at, std::int64_t bin, Position begin,
              std::vector<std::map<std::int64_t, Position>>& begins,
              std::map<std::int64_t, std::vector<Position>>& shortest) const {
    begins[at][bin] = begin;
    auto& times = shortest.try_emplace(bin, sequence.size(), longest + 1).first->second;
    times[at] = std::min(times[at], now - begin);
  }
};

/// The periods as lengths on the timeline; nullopt after an error.
std::optional<std::vector<Position>> lengths(const PluginCall& call,
                                             const std::vector<std::string>& texts, Type type) {
  ExpressionBinder expressions(call.binder(), RowScope::none());
  std::vector<Position> found;
  for (const std::string& text : texts) {
    const SourceSpan span = call.argument("MaxSequenceStepWindows")->span;
    const std::string_view conversion = type == Type::kTimespan ? "totimespan"
                                        : type == Type::kReal   ? "toreal"
                                                                : "tolong";
    const ExpressionPtr value =
        expressions.call(conversion, {make_literal(Scalar::of(text), span)}, span, span);
    const auto length =
        value->kind == Expression::Kind::kLiteral ? position_of(value->literal) : std::nullopt;
    if (!length || *length < 0) {
      call.binder().error(span, fmt::format("not a {} of at least 0: {}", name_of(type), text));
      return std::nullopt;
    }
    found.push_back(*length);
  }
  return found;
}

PlanNodePtr table_of_reached(Binder& binder, const Activity& activity, const Completion& completion,
                             const std::vector<std::string>& sequence, const Reached& reached) {
  const Type length = length_type(activity.source.timeline());
  std::vector<Position> times, periods;
  ColumnBuilder<Type::kString> states;
  ColumnBuilder<Type::kLong> counts;
  for (const auto& [bin, by_state] : reached) {
    for (std::size_t i = 0; i < completion.periods.size(); ++i) {
      for (std::size_t at = 0; at < sequence.size(); ++at) {
        times.push_back(completion.bins.start(bin));
        states.append_copy(sequence[at]);
        periods.push_back(completion.periods[i]);
        counts.append(by_state[at][i]);
      }
    }
  }
  std::vector<ColumnSchema> schema{{activity.source.timeline_name(), activity.source.timeline()},
                                   {activity.source.columns[2].name, Type::kString},
                                   {"Period", length},
                                   {"dcount", Type::kLong}};
  std::vector<Column> columns{column_of(activity.source.timeline(), times), states.finish(),
                              column_of(length, periods), counts.finish()};
  return named_table(binder, "funnel_sequence_completion", std::move(schema),
                     Batch(std::move(columns), times.size()));
}

PlanNodePtr bind_funnel_sequence_completion(const PluginCall& call, PlanNodePtr input) {
  auto source = activity_source(
      call, *input, {.id = "IdColumn", .timeline = "TimelineColumn", .state = "StateColumn"});
  if (!source) return nullptr;
  TimelineArguments arguments(call, source->timeline());
  const Position start = arguments.point("Start"), end = arguments.point("End");
  const Bins bins = arguments.bins("Step", start);
  const auto sequence = array_argument(call, "Sequence");
  const auto texts = array_argument(call, "MaxSequenceStepWindows");
  if (!arguments.sound() || !sequence || !texts) return nullptr;
  const auto periods = lengths(call, *texts, length_type(source->timeline()));
  if (!periods) return nullptr;
  const auto activity = read_activity(call, std::move(input), std::move(*source));
  if (!activity) return nullptr;
  const Position longest =
      periods->empty() ? 0 : *std::max_element(periods->begin(), periods->end());
  const Completion completion{bins, states_of(*activity, *sequence), *periods, longest};
  Reached reached;
  for (const Events group : activity->by_group(start, end)) {
    for_each_run(
        by_id(group), [](const Event& event) { return event.id; },
        [&](std::uint32_t, Events events) { completion.add(events, reached); });
  }
  return table_of_reached(call.binder(), *activity, completion, *sequence, reached);
}

constexpr Param kParams[]{
    {.name = "IdColumn", .help = "Who goes through the states."},
    {.name = "TimelineColumn", .help = "When."},
    {.name = "Start", .help = "The first moment to look at; bins count from here."},
    {.name = "End", .help = "The last moment to look at."},
    {.name = "Step", .help = "The length of a bin of the result."},
    {.name = "StateColumn", .help = "The states."},
    {.name = "Sequence", .help = "An array of states."},
    {.name = "MaxSequenceStepWindows", .help = "An array of periods to complete the sequence in."}};

}  // namespace

extern constinit const PluginDef kFunnelSequenceCompletion{
    .name = "funnel_sequence_completion",
    .summary = "Counts ids by how far they get in a sequence of states within given times.",
    .params = kParams,
    .example =
        "datatable (id: string, t: long, s: string) ['a', 1, 'x', 'a', 2, 'y', 'b', 3, 'x'] | "
        "evaluate funnel_sequence_completion(id, t, 0, 9, 10, s, dynamic(['x', 'y']), "
        "dynamic([5])) | project dcount",
    .example_result = "2",
    .bind = bind_funnel_sequence_completion,
};

}  // namespace quarry::kql::operators
