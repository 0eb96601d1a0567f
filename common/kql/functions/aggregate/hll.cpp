// hll() and hll_merge(): what dcount() keeps of a group, to be stored and merged later (see
// sketch/hyperloglog_json.h).
#include "common/kql/functions/aggregate/distinct_counter.h"
#include "common/kql/functions/sketch/hyperloglog_json.h"

namespace quarry::kql::functions {
namespace {

using Estimated = Counter<HyperLogLog>;

void update_values(AggregateCall& call) {
  const int bits = precision_of(call.state);
  Estimated::update_with(call, [bits] { return new HyperLogLog(bits); });
}

void update_sketches(AggregateCall& call) {
  const Cells<Type::kDynamic> cells(call.args[0]);
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (cells.is_null(i)) continue;
    auto read = read_hll(DynamicView(cells[i].json.view()));
    if (!read) continue;
    HyperLogLog*& sketch = Estimated::at(call.states[i]);
    if (sketch == nullptr)
      sketch = new HyperLogLog(std::move(*read));
    else
      sketch->merge(*read);
  }
}

/// A group without values gives an empty sketch.
void finish_with(FinishCall& call, int precision) {
  ColumnBuilder<Type::kDynamic> out(call.states.size());
  std::string json;
  for (std::byte* state : call.states) {
    json.clear();
    const HyperLogLog* const sketch = Estimated::at(state);
    append_hll(json, sketch == nullptr ? HyperLogLog(precision) : *sketch);
    out.append_copy(json);
  }
  call.out.push_back(out.finish());
}
void finish_values(FinishCall& call) { finish_with(call, precision_of(call.state)); }
void finish_sketches(FinishCall& call) { finish_with(call, HyperLogLog::kDefaultPrecision); }

Result<ResolvedAggregate> resolve_values(std::span<const Argument> arguments) {
  ResolvedAggregate result{{arguments[0].type}, Estimated::kernel()};
  if (arguments.size() > 1) result.argument_types.push_back(Type::kLong);
  result.kernel.result = Type::kDynamic;
  result.kernel.update = &update_values;
  result.kernel.finish = &finish_values;
  result.kernel.prepare = &prepare_precision;
  return result;
}

Result<ResolvedAggregate> resolve_sketches(std::span<const Argument> arguments) {
  if (arguments[0].type != Type::kDynamic) {
    return Failure(Error(ErrorCode::kQuery, "hll_merge() wants values of hll()",
                         "parse_json() makes them of text")
                       .at(SourceSpan{0, 0}));
  }
  ResolvedAggregate result{{Type::kDynamic}, Estimated::kernel()};
  result.kernel.result = Type::kDynamic;
  result.kernel.update = &update_sketches;
  result.kernel.finish = &finish_sketches;
  return result;
}

constexpr Param kValueParams[]{
    {"expr", "The values to tell apart; nulls are left out."},
    {"accuracy", "0 (fast, 1.6 %) to 4 (0.2 %); 1 (0.8 %) if left out.", true}};
constexpr Param kSketchParams[]{{"hll", "Values of hll() or hll_merge(); others are left out."}};
constexpr AggregateDef kHll{
    .name = "hll",
    .predicate_form = "hll_if",
    .summary =
        "Returns what dcount() knows of a group, to be merged by hll_merge() and counted by "
        "dcount_hll() later.",
    .params = kValueParams,
    .example = {"range x from 1 to 9 step 1 | summarize h = hll(x % 4) | project dcount_hll(h)",
                "4"},
    .resolve = &resolve_values};
constexpr AggregateDef kHllMerge{
    .name = "hll_merge",
    .summary = "Merges the values of hll() in a group, in any order.",
    .params = kSketchParams,
    .example = {"range x from 1 to 9 step 1 | summarize h = hll(x % 4) by x | summarize m = "
                "hll_merge(h) | project dcount_hll(m)",
                "4"},
    .resolve = &resolve_sketches};

constexpr const AggregateDef* kDefs[]{&kHll, &kHllMerge};

}  // namespace

extern constinit const FunctionTable kHllAggregates{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
