// make_list() and make_list_with_nulls(): all values of a group as an array, in the order of the
// input.
#include "common/kql/functions/aggregate/gather.h"

namespace quarry::kql::functions {
namespace {

using Lists = Gathered<ElementList>;

enum class Nulls : std::uint8_t { kLeftOut, kKept };

/// KQL: the elements of arrays are taken one by one, as by make_set (Kusto joins the coordinates of
/// polygons that way: query/geo-polygon-to-h3cells-function).
void add_elements(ElementList& list, RowOrder row, std::string_view array, std::size_t limit) {
  const DynamicView value(array);
  DynamicView element;
  for (ArrayCursor cursor(value); list.size() < limit && cursor.next(element);)
    list.add(row, element.json());
}

/// A kept null is an element without bytes; only texts may be empty, and they are never null.
template <Nulls kNulls>
void update(AggregateCall& call) {
  const std::size_t limit = gather_limit(call.state);
  dispatch(call.args[0].type(), [&]<Type T>() {
    const Cells<T> cells(call.args[0]);
    Cell<T> scratch{};
    for (std::size_t i = 0; i < call.states.size(); ++i) {
      const bool null = cells.is_null(i);
      if (null && kNulls == Nulls::kLeftOut) continue;
      ElementList*& list = Lists::at(call.states[i]);
      if (list == nullptr) list = new ElementList();
      if constexpr (T == Type::kDynamic) {
        if (!null && DynamicView(cells[i].json.view()).kind() == DynamicKind::kArray) {
          add_elements(*list, call.first + i, cells[i].json.view(), limit);
          continue;
        }
      }
      if (list->size() < limit)
        list->add(call.first + i, null ? std::string_view{} : element_bytes<T>(cells[i], scratch));
    }
  });
}

void merge(std::byte* into, std::byte* from) {
  if (Lists::at(from) == nullptr) return;
  if (Lists::at(into) == nullptr)
    std::swap(Lists::at(into), Lists::at(from));
  else
    Lists::at(into)->merge(*Lists::at(from), kMaxElements);
}

void finish(FinishCall& call) {
  const std::size_t limit = gather_limit(call.state);
  call.out.push_back(dispatch(call.argument_types[0], [&]<Type T>() {
    return Lists::finish(call.states, '[', ']',
                         [limit](std::string& json, const ElementList& list) {
                           for (std::size_t i = 0; i < std::min(list.size(), limit); ++i) {
                             if (i != 0) json += ',';
                             if (T != Type::kString && list[i].empty())
                               json += "null";
                             else
                               append_element<T>(json, list[i]);
                           }
                         });
  }));
}

template <Nulls kNulls>
Result<ResolvedAggregate> resolve(std::span<const Argument> arguments) {
  AggregateKernel kernel = Lists::kernel();
  kernel.update = &update<kNulls>;
  kernel.merge = &merge;
  kernel.finish = &finish;
  return resolve_gather(arguments, arguments[0].type, kernel);
}

constexpr std::string_view kAliases[]{"makelist"};
constexpr Param kParams[]{{"expr", "The values, or arrays of values; nulls are left out."},
                          {"maxSize", "The most elements to keep: 1048576 if left out.", true}};
constexpr Param kWithNullsParams[]{{"expr", "The values, nulls among them."}};
constexpr AggregateDef kMakeList{
    .name = "make_list",
    .aliases = kAliases,
    .predicate_form = "make_list_if",
    .summary = "Gathers the values of a group into an array, in the order of the input.",
    .params = kParams,
    .example = {"range x from 1 to 4 step 1 | summarize make_list(x % 2)", "[1,0,1,0]"},
    .resolve = &resolve<Nulls::kLeftOut>,
    .column_prefix = "list"};
constexpr AggregateDef kMakeListWithNulls{
    .name = "make_list_with_nulls",
    .summary = "Gathers the values of a group into an array, nulls among them.",
    .params = kWithNullsParams,
    .example = {"range x from 1 to 2 step 1 | summarize make_list_with_nulls(x)", "[1,2]"},
    .resolve = &resolve<Nulls::kKept>,
    .column_prefix = "list"};

constexpr const AggregateDef* kDefs[]{&kMakeList, &kMakeListWithNulls};

}  // namespace

extern constinit const FunctionTable kMakeListAggregates{.family = "aggregate",
                                                         .aggregates = kDefs};

}  // namespace quarry::kql::functions
