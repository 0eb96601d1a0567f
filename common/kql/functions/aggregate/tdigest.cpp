// tdigest() and tdigest_merge(): what percentiles() keeps of a group, to be stored and merged later
// (see sketch/digest.h). The name is KQL's; the sketch is the one of percentile(), because the
// digests of the paper depend on the order in which they are merged.
#include "common/kql/functions/function.h"
#include "common/kql/functions/sketch/digest.h"
#include "common/kql/functions/sketch/quantile_keys.h"
#include "common/value/builder.h"

#include <cmath>

namespace quarry::kql::functions {
namespace {

Digest*& at(std::byte* state) { return *reinterpret_cast<Digest**>(state); }
void init(std::byte* state) { new (state) Digest*(nullptr); }
void destroy(std::byte* state) { delete at(state); }

void merge(std::byte* into, std::byte* from) {
  if (at(from) == nullptr) return;
  if (at(into) == nullptr)
    std::swap(at(into), at(from));
  else
    at(into)->merge(*at(from));
}

/// How often the value of a row counts: once, or as the second argument says.
class Weights {
 public:
  explicit Weights(std::span<const Column> arguments) {
    if (arguments.size() > 1) cells_.emplace(arguments[1]);
  }
  std::uint64_t operator[](std::size_t row) const {
    if (!cells_) return 1;
    return cells_->is_null(row) || (*cells_)[row] <= 0 ? 0
                                                       : static_cast<std::uint64_t>((*cells_)[row]);
  }

 private:
  std::optional<Cells<Type::kLong>> cells_;
};

template <Type T>
void update_values(AggregateCall& call) {
  const Cells<T> cells(call.args[0]);
  const Weights weights(call.args);
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (cells.is_null(i)) continue;
    if constexpr (T == Type::kReal) {
      if (std::isnan(cells[i])) continue;
    }
    const std::uint64_t weight = weights[i];
    if (weight == 0) continue;
    Digest*& digest = at(call.states[i]);
    if (digest == nullptr) digest = new Digest{T};
    digest->sketch.add(key_of<T>(cells[i]), weight);
  }
}

void update_digests(AggregateCall& call) {
  const Cells<Type::kDynamic> cells(call.args[0]);
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (cells.is_null(i)) continue;
    auto read = read_digest(DynamicView(cells[i].json.view()));
    if (!read || read->sketch.empty()) continue;
    Digest*& digest = at(call.states[i]);
    if (digest == nullptr)
      digest = new Digest(std::move(*read));
    else
      digest->merge(*read);
  }
}

/// A group without values gives an empty digest.
void finish(FinishCall& call) {
  const Digest empty{digest_type(call.argument_types[0]).value_or(Type::kReal)};
  ColumnBuilder<Type::kDynamic> out(call.states.size());
  std::string json;
  for (std::byte* state : call.states) {
    json.clear();
    append_digest(json, at(state) == nullptr ? empty : *at(state));
    out.append_copy(json);
  }
  call.out.push_back(out.finish());
}

AggregateKernel kernel_with(void (*update)(AggregateCall&)) {
  AggregateKernel kernel;
  kernel.result = Type::kDynamic;
  kernel.state_size = sizeof(Digest*);
  kernel.init = &init;
  kernel.update = update;
  kernel.merge = &merge;
  kernel.finish = &finish;
  kernel.destroy = &destroy;
  kernel.save = &save_pointed<Digest>;
  kernel.load = &load_pointed<Digest>;
  return kernel;
}

Result<ResolvedAggregate> resolve_values(std::span<const Argument> arguments) {
  const auto type = digest_type(arguments[0].type);
  if (!type)
    return Failure(Error(ErrorCode::kQuery, "digests are made of numbers, datetime and timespan")
                       .at(SourceSpan{0, 0}));
  ResolvedAggregate result;
  result.argument_types.push_back(*type);
  if (arguments.size() > 1) result.argument_types.push_back(Type::kLong);
  result.kernel = kernel_with(*type == Type::kLong       ? &update_values<Type::kLong>
                              : *type == Type::kReal     ? &update_values<Type::kReal>
                              : *type == Type::kTimespan ? &update_values<Type::kTimespan>
                                                         : &update_values<Type::kDatetime>);
  return result;
}

Result<ResolvedAggregate> resolve_digests(std::span<const Argument> arguments) {
  if (arguments[0].type != Type::kDynamic) {
    return Failure(Error(ErrorCode::kQuery, "tdigest_merge() wants values of tdigest()",
                         "parse_json() makes them of text")
                       .at(SourceSpan{0, 0}));
  }
  return ResolvedAggregate{{Type::kDynamic}, kernel_with(&update_digests)};
}

constexpr std::string_view kAliases[]{"merge_tdigest"};
constexpr Param kValueParams[]{{"expr", "Numbers, datetimes or timespans; nulls are left out."},
                               {"weight", "How many times the value counts.", true}};
constexpr Param kDigestParams[]{
    {"tdigest", "Values of tdigest() or tdigest_merge(); others are left out."}};
constexpr AggregateDef kTdigest{
    .name = "tdigest",
    .summary =
        "Returns what percentiles() knows of a group, to be merged and asked for percentiles "
        "later.",
    .params = kValueParams,
    .example = {"range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project "
                "percentile_tdigest(d, 95, typeof(long))",
                "950"},
    .resolve = &resolve_values};
constexpr AggregateDef kTdigestMerge{
    .name = "tdigest_merge",
    .aliases = kAliases,
    .summary = "Merges the values of tdigest() in a group, in any order.",
    .params = kDigestParams,
    .example = {"range x from 1 to 9 step 1 | summarize d = tdigest(x) by x % 2 | summarize m = "
                "tdigest_merge(d) | project percentile_tdigest(m, 50)",
                "5"},
    .resolve = &resolve_digests,
    .column_prefix = "merge_tdigests"};

constexpr const AggregateDef* kDefs[]{&kTdigest, &kTdigestMerge};

}  // namespace

extern constinit const FunctionTable kTdigestAggregates{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
