// array_sort_asc() and array_sort_desc(). KQL: values of one kind stay together (bool, numbers,
// texts, the rest) in both directions; nulls come last unless the last argument says otherwise.
// Further arrays follow the order of the first, each a column of its own; one whose length differs
// becomes null.
#include "common/kql/functions/dynamic/json_function.h"

#include <algorithm>
#include <numeric>

namespace quarry::kql::functions {
namespace {

enum class Way : std::uint8_t { kUp, kDown };
enum class LastArgument : std::uint8_t { kArray, kNullsLast };

int group_of(const DynamicView& value) {
  switch (value.kind()) {
    case DynamicKind::kBool:
      return 0;
    case DynamicKind::kLong:
    case DynamicKind::kReal:
      return 1;
    case DynamicKind::kString:
      return 2;
    default:
      return 3;
  }
}

/// The places of the first array's elements in sorted order.
template <Way kWay>
std::vector<std::size_t> sorted_places(const std::vector<DynamicView>& elements, bool nulls_last) {
  std::vector<std::size_t> places(elements.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t left, std::size_t right) {
    const DynamicView& a = elements[left];
    const DynamicView& b = elements[right];
    if (a.is_null() || b.is_null()) return a.is_null() != b.is_null() && a.is_null() != nulls_last;
    if (const int difference = group_of(a) - group_of(b); difference != 0) return difference < 0;
    const int order = compare_dynamic(a.json(), b.json());
    return kWay == Way::kUp ? order < 0 : order > 0;
  });
  return places;
}

void write_in_order(JsonRow& row, std::size_t argument, const std::vector<std::size_t>& places) {
  const std::vector<DynamicView> elements = elements_of(row[argument]);
  if (!row.is_array(argument) || elements.size() != places.size()) {
    row.out() += "null";
    return;
  }
  std::vector<DynamicView> sorted;
  for (const std::size_t place : places) sorted.push_back(elements[place]);
  row.write_array(sorted);
}

/// One array gives an array, several an array of arrays: their columns.
template <Way kWay, LastArgument kLast>
void array_sort(JsonRow& row) {
  if (!row.is_array(0)) return;
  const std::size_t arrays = row.size() - (kLast == LastArgument::kNullsLast ? 1 : 0);
  const bool nulls_last = arrays == row.size() || row[arrays].as_bool().value_or(true);
  const std::vector<std::size_t> places = sorted_places<kWay>(elements_of(row[0]), nulls_last);
  if (arrays > 1) row.out() += '[';
  for (std::size_t i = 0; i < arrays; ++i) {
    if (i > 0) row.out() += ',';
    write_in_order(row, i, places);
  }
  if (arrays > 1) row.out() += ']';
}

template <Way kWay>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  std::string pattern(arguments.size(), 'd');
  const bool flag = arguments.size() > 1 && arguments.back().type == Type::kBool;
  if (flag) pattern.back() = 'v';
  QUARRY_TRY(std::vector<Type> types, json_argument_types(pattern, arguments));
  const ScalarFn run = flag ? &JsonFunction<array_sort<kWay, LastArgument::kNullsLast>, void>::run
                            : &JsonFunction<array_sort<kWay, LastArgument::kArray>, void>::run;
  return ResolvedScalar{std::move(types), ScalarKernel{Type::kDynamic, run}};
}

constexpr Param kParams[]{{"array", "The array to sort."},
                          {"more", "Further arrays, put into the same order.", true},
                          {"nulls_last", "false: nulls come first.", true, true}};
constexpr FunctionDef kUp{.name = "array_sort_asc",
                          .summary = "Sorts an array upwards; nulls last.",
                          .params = kParams,
                          .example = {R"(print array_sort_asc(dynamic([1, 3, null, 2, "b", "a"])))",
                                      R"([1,2,3,"a","b",null])"},
                          .resolve = &resolve<Way::kUp>,
                          .shape = ResultShape::kEachArray};
constexpr FunctionDef kDown{
    .name = "array_sort_desc",
    .summary = "Sorts an array downwards; nulls last.",
    .params = kParams,
    .example = {R"(print array_sort_desc(dynamic([1, 3, null, 2, "b", "a"])))",
                R"([3,2,1,"b","a",null])"},
    .resolve = &resolve<Way::kDown>,
    .shape = ResultShape::kEachArray};

constexpr const FunctionDef* kScalars[]{&kUp, &kDown};

}  // namespace

extern constinit const FunctionTable kArraySort{"dynamic", kScalars};

}  // namespace quarry::kql::functions
