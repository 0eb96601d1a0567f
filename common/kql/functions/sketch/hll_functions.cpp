// dcount_hll(), hll_merge() and what dcount_intersect() is made of, over the values of hll(). What
// is no such value: null, and left out of merges.
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/sketch/hyperloglog_json.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <span>

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

/// The hashes that all sketches hold; nullopt where one of them does not know its hashes any more.
std::optional<std::int64_t> exact_intersection(const std::vector<HyperLogLog>& sketches) {
  std::vector<std::uint64_t> common = sketches.front().hashes();
  for (const HyperLogLog& sketch : sketches) {
    if (!sketch.registers().empty()) return std::nullopt;
    const std::vector<std::uint64_t> hashes = sketch.hashes();
    std::vector<std::uint64_t> both;
    std::set_intersection(common.begin(), common.end(), hashes.begin(), hashes.end(),
                          std::back_inserter(both));
    common = std::move(both);
  }
  return static_cast<std::int64_t>(common.size());
}

/// Inclusion and exclusion: the counts of the unions of all choices of an odd number of sketches,
/// less those of an even number. `chosen` is the union of those chosen so far.
std::int64_t alternating_sum(std::span<const HyperLogLog> rest, const HyperLogLog* chosen,
                             int sign) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    HyperLogLog with = rest[i];
    if (chosen != nullptr) with.merge(*chosen);
    sum += sign * with.count() + alternating_sum(rest.subspan(i + 1), &with, -sign);
  }
  return sum;
}

/// What dcount_intersect() shows: how many values lie in all the sets.
std::optional<std::int64_t> hll_intersection(JsonRow& row) {
  std::vector<HyperLogLog> sketches;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < row.size(); ++i) {
    auto sketch = read_hll(row[i]);
    if (!sketch) return std::nullopt;
    most = std::min(most, sketch->count());
    sketches.push_back(std::move(*sketch));
  }
  if (const auto exact = exact_intersection(sketches)) return exact;
  return std::clamp<std::int64_t>(alternating_sum(sketches, nullptr, 1), 0, most);
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
constexpr Param kSets[]{{"hll", "A value of hll() or hll_merge().", false, true}};
constexpr FunctionDef kHllIntersection{.name = "__hll_intersection",
                                       .params = kSets,
                                       .resolve = &resolve_json<hll_intersection, "d*">,
                                       .hidden = true};

constexpr const FunctionDef* kScalars[]{&kDcountHll, &kHllMerge, &kHllIntersection};

}  // namespace

extern constinit const FunctionTable kHllFunctions{"sketch", kScalars};

}  // namespace quarry::kql::functions
