// count() and countif(). KQL: count(x) counts the rows whatever x is, nulls among them; but a bool
// is a predicate, as in countif().
#include "common/kql/functions/function.h"
#include "common/value/builder.h"

namespace quarry::kql::functions {
namespace {

std::int64_t& at(std::byte* state) { return *reinterpret_cast<std::int64_t*>(state); }

void init(std::byte* state) { new (state) std::int64_t(0); }
void merge(std::byte* into, std::byte* from) { at(into) += at(from); }

void update(AggregateCall& call) {
  for (std::byte* state : call.states) ++at(state);
}
void update_if(AggregateCall& call) {
  const Cells<Type::kBool> holds(call.args[0]);
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (!holds.is_null(i) && holds[i] != 0) ++at(call.states[i]);
  }
}

void finish(FinishCall& call) {
  ColumnBuilder<Type::kLong> out(call.states.size());
  for (std::byte* state : call.states) out.append(at(state));
  call.out.push_back(out.finish());
}

Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  ResolvedAggregate result;
  for (const Argument& argument : arguments) result.argument_types.push_back(argument.type);
  result.kernel.result = Type::kLong;
  result.kernel.state_size = sizeof(std::int64_t);
  result.kernel.init = &init;
  result.kernel.update =
      !arguments.empty() && arguments[0].type == Type::kBool ? &update_if : &update;
  result.kernel.merge = &merge;
  result.kernel.finish = &finish;
  result.kernel.save = &save_flat<std::int64_t>;
  result.kernel.load = &load_flat<std::int64_t>;
  return result;
}

constexpr Param kParams[]{
    {"expr", "Not looked at, unless it is a bool: then only rows for which it is true count.",
     true}};
constexpr std::string_view kAliases[]{"cnt"};
constexpr AggregateDef kCount{.name = "count",
                              .aliases = kAliases,
                              .predicate_form = "countif",
                              .summary = "Counts the rows of a group.",
                              .params = kParams,
                              .example = {"range x from 1 to 5 step 1 | summarize count()", "5"},
                              .resolve = &resolve,
                              .values = 0};

constexpr const AggregateDef* kDefs[]{&kCount};

}  // namespace

extern constinit const FunctionTable kCountAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
