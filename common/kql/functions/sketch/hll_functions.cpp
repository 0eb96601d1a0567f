// dcount_hll() and hll_merge() over the values of hll(). What is no such value: null, and left out
// of merges.
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/sketch/hyperloglog_json.h"

namespace quarry::kql::functions {
namespace {

std::optional<std::int64_t> dcount_hll(JsonRow& row) {
  const auto sketch = read_hll(row[0]);
  return sketch ? std::optional(sketch->count()) : std::nullopt;
}

void hll_merge(JsonRow& row) {
  std::optional<HyperLogLog> merged;
  for (std::size_t i = 0; i < row.size(); ++i) {
    auto sketch = read_hll(row[i]);
    if (!sketch) continue;
    if (!merged)
      merged = std::move(sketch);
    else
      merged->merge(*sketch);
  }
  if (merged) append_hll(row.out(), *merged);
}

constexpr Param kHll[]{{"hll", "A value of hll() or hll_merge()."}};
constexpr Param kHlls[]{{"hll", "A value of hll() or hll_merge()."},
                        {"hll2", "More of them.", false, true}};
constexpr FunctionDef kDcountHll{
    .name = "dcount_hll",
    .summary = "Returns the number of distinct values that a value of hll() stands for.",
    .params = kHll,
    .example = {"range x from 1 to 9 step 1 | summarize h = hll(x % 4) | project dcount_hll(h)",
                "4"},
    .resolve = &resolve_json<dcount_hll, "d">,
    .naming = ResultNaming::kPrefixed};
constexpr FunctionDef kHllMerge{
    .name = "hll_merge",
    .summary = "Merges values of hll() into one, in any order; as an aggregate, those of a group.",
    .params = kHlls,
    .example = {"range x from 1 to 9 step 1 | summarize a = hll(x), b = hll(x + 5) | project "
                "dcount_hll(hll_merge(a, b))",
                "14"},
    .resolve = &resolve_json<hll_merge, "dd*">};

constexpr const FunctionDef* kScalars[]{&kDcountHll, &kHllMerge};

}  // namespace

extern constinit const FunctionTable kHllFunctions{"sketch", kScalars};

}  // namespace quarry::kql::functions
