// make_set(): the distinct values of a group as an array, in order of first appearance. KQL: the
// elements of arrays count one by one.
#include "common/kql/functions/aggregate/gather.h"
#include "common/value/hash.h"

namespace quarry::kql::functions {
namespace {

using Sets = Gathered<ElementSet>;

ElementSet& set_of(std::byte* state, ElementEquality equality) {
  ElementSet*& set = Sets::at(state);
  if (set == nullptr) set = new ElementSet(equality);
  return *set;
}

template <Type T>
void update_typed(AggregateCall& call, std::size_t limit) {
  const Column* const column = &call.args[0];
  std::vector<std::uint64_t> hashes;
  hash_rows({&column, 1}, call.states.size(), hashes);
  const Cells<T> cells(*column);
  Cell<T> scratch{};
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (cells.is_null(i)) continue;
    set_of(call.states[i], ElementEquality::kBytes)
        .add(call.first + i, hashes[i], element_bytes<T>(cells[i], scratch), limit);
  }
}

void update_dynamic(AggregateCall& call, std::size_t limit) {
  const Cells<Type::kDynamic> cells(call.args[0]);
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    if (cells.is_null(i)) continue;
    const DynamicView value(cells[i].json.view());
    if (value.is_null()) continue;
    ElementSet& set = set_of(call.states[i], ElementEquality::kJson);
    const auto add = [&](const DynamicView& element) {
      if (!element.is_null())
        set.add(call.first + i, hash_dynamic(element.json()), element.json(), limit);
    };
    if (value.kind() != DynamicKind::kArray) {
      add(value);
      continue;
    }
    DynamicView element;
    for (ArrayCursor cursor(value); cursor.next(element);) add(element);
  }
}

void update(AggregateCall& call) {
  const std::size_t limit = gather_limit(call.state);
  dispatch(call.args[0].type(), [&]<Type T>() {
    if constexpr (T == Type::kDynamic)
      update_dynamic(call, limit);
    else
      update_typed<T>(call, limit);
  });
}

void merge(std::byte* into, std::byte* from) {
  if (Sets::at(from) == nullptr) return;
  if (Sets::at(into) == nullptr)
    std::swap(Sets::at(into), Sets::at(from));
  else
    Sets::at(into)->merge(*Sets::at(from));
}

void finish(FinishCall& call) {
  const std::size_t limit = gather_limit(call.state);
  call.out.push_back(dispatch(call.argument_types[0], [&]<Type T>() {
    return Sets::finish(call.states, '[', ']', [limit](std::string& json, const ElementSet& set) {
      const auto elements = set.in_order();
      for (std::size_t i = 0; i < std::min(elements.size(), limit); ++i) {
        if (i != 0) json += ',';
        append_element<T>(json, elements[i]);
      }
    });
  }));
}

Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  AggregateKernel kernel = Sets::kernel();
  kernel.update = &update;
  kernel.merge = &merge;
  kernel.finish = &finish;
  return resolve_gather(arguments, arguments[0].type, kernel);
}

constexpr std::string_view kAliases[]{"makeset"};
constexpr Param kParams[]{{"expr", "The values, or arrays of values; nulls are left out."},
                          {"maxSize", "The most elements to keep: 1048576 if left out.", true}};
constexpr AggregateDef kMakeSet{
    .name = "make_set",
    .aliases = kAliases,
    .predicate_form = "make_set_if",
    .summary =
        "Gathers the distinct values of a group into an array, in order of first appearance.",
    .params = kParams,
    .example = {"range x from 1 to 4 step 1 | summarize make_set(x % 2)", "[1,0]"},
    .resolve = &resolve,
    .column_prefix = "set"};

constexpr const AggregateDef* kDefs[]{&kMakeSet};

}  // namespace

extern constinit const FunctionTable kMakeSetAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
