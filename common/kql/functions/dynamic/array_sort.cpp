// array_sort_asc() and array_sort_desc(). KQL: values of one kind stay together (bool, numbers, texts, the rest) in both
// directions; nulls come last unless the last argument says otherwise. Further arrays are accepted and only checked: their sorted
// forms are columns of their own in Kusto, which a scalar function cannot give.
#include <algorithm>

#include "common/kql/functions/dynamic/json_function.h"

namespace quarry::kql::functions {
namespace {

enum class Way : std::uint8_t { kUp, kDown };

int group_of(const DynamicView& value) {
  switch (value.kind()) {
    case DynamicKind::kBool: return 0;
    case DynamicKind::kLong:
    case DynamicKind::kReal: return 1;
    case DynamicKind::kString: return 2;
    default: return 3;
  }
}

template <Way kWay>
void array_sort(JsonRow& row) {
  if (!row.is_array(0)) return;
  std::vector<DynamicView> elements = elements_of(row[0]);
  const bool nulls_last = row[row.size() - 1].as_bool().value_or(true);
  const auto before = [&](const DynamicView& a, const DynamicView& b) {
    if (a.is_null() || b.is_null()) return a.is_null() != b.is_null() && a.is_null() != nulls_last;
    if (const int difference = group_of(a) - group_of(b); difference != 0) return difference < 0;
    const int order = compare_dynamic(a.json(), b.json());
    return kWay == Way::kUp ? order < 0 : order > 0;
  };
  std::stable_sort(elements.begin(), elements.end(), before);
  row.write_array(elements);
}

template <Way kWay>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  std::string pattern(arguments.size(), 'd');
  if (arguments.size() > 1 && arguments.back().type == Type::kBool) pattern.back() = 'v';
  QUARRY_TRY(std::vector<Type> types, json_argument_types(pattern, arguments));
  return ResolvedScalar{std::move(types), ScalarKernel{Type::kDynamic, &JsonFunction<array_sort<kWay>, void>::run}};
}

constexpr Param kParams[]{{"array", "The array to sort."}, {"nulls_last", "false: nulls come first.", true, true}};
constexpr FunctionDef kUp{.name = "array_sort_asc",
                          .summary = "Sorts an array upwards; nulls last.",
                          .params = kParams,
                          .example = {R"(print array_sort_asc(dynamic([1, 3, null, 2, "b", "a"])))", R"([1,2,3,"a","b",null])"},
                          .resolve = &resolve<Way::kUp>};
constexpr FunctionDef kDown{.name = "array_sort_desc",
                            .summary = "Sorts an array downwards; nulls last.",
                            .params = kParams,
                            .example = {R"(print array_sort_desc(dynamic([1, 3, null, 2, "b", "a"])))", R"([3,2,1,"b","a",null])"},
                            .resolve = &resolve<Way::kDown>};

constexpr const FunctionDef* kScalars[]{&kUp, &kDown};

}  // namespace

extern constinit const FunctionTable kArraySort{"dynamic", kScalars};

}  // namespace quarry::kql::functions
