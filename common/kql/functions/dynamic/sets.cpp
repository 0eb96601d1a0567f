// set_union, set_intersect, set_difference, set_equals, jaccard_index: arrays as sets, in order of
// first appearance.
#include "common/kql/functions/dynamic/json_function.h"

#include <algorithm>
#include <unordered_set>

namespace quarry::kql::functions {
namespace {

struct ByValue {
  std::size_t operator()(const DynamicView& value) const { return hash_dynamic(value.json()); }
  bool operator()(const DynamicView& a, const DynamicView& b) const {
    return equal_dynamic(a.json(), b.json());
  }
};
using Set = std::unordered_set<DynamicView, ByValue, ByValue>;

Set set_of(const DynamicView& array) {
  Set set;
  DynamicView element;
  for (ArrayCursor cursor(array); cursor.next(element);) set.insert(element);
  return set;
}

bool all_arrays(const JsonRow& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row.is_array(i)) return false;
  }
  return true;
}

/// What is no array counts as empty, unless all are none.
void set_union(JsonRow& row) {
  Set seen;
  std::vector<DynamicView> result;
  bool any = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    any = any || row.is_array(i);
    DynamicView element;
    for (ArrayCursor cursor(row[i]); cursor.next(element);) {
      if (seen.insert(element).second) result.push_back(element);
    }
  }
  if (any) row.write_array(result);
}

/// The distinct elements of the first array that the test lets pass.
template <class Test>
void write_filtered(JsonRow& row, const Test& passes) {
  Set seen;
  std::vector<DynamicView> result;
  DynamicView element;
  for (ArrayCursor cursor(row[0]); cursor.next(element);) {
    if (seen.insert(element).second && passes(element)) result.push_back(element);
  }
  row.write_array(result);
}

std::vector<Set> other_sets(const JsonRow& row) {
  std::vector<Set> sets;
  for (std::size_t i = 1; i < row.size(); ++i) sets.push_back(set_of(row[i]));
  return sets;
}

void set_intersect(JsonRow& row) {
  if (!all_arrays(row)) return;
  const std::vector<Set> others = other_sets(row);
  write_filtered(row, [&](const DynamicView& element) {
    return std::all_of(others.begin(), others.end(),
                       [&](const Set& set) { return set.contains(element); });
  });
}

void set_difference(JsonRow& row) {
  if (!row.is_array(0)) return;
  const std::vector<Set> others = other_sets(row);
  write_filtered(row, [&](const DynamicView& element) {
    return std::none_of(others.begin(), others.end(),
                        [&](const Set& set) { return set.contains(element); });
  });
}

std::optional<bool> set_equals(JsonRow& row) {
  if (!all_arrays(row)) return std::nullopt;
  const Set a = set_of(row[0]), b = set_of(row[1]);
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const DynamicView& element) {
           return b.contains(element);
         });
}

std::optional<double> jaccard_index(JsonRow& row) {
  if (!all_arrays(row)) return std::nullopt;
  const Set a = set_of(row[0]), b = set_of(row[1]);
  const auto both = static_cast<std::size_t>(std::count_if(
      a.begin(), a.end(), [&](const DynamicView& element) { return b.contains(element); }));
  const std::size_t either = a.size() + b.size() - both;
  return either == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(either);
}

constexpr Param kSets[]{
    {"set1", "An array."}, {"set2", "An array."}, {"more", "Further arrays.", true, true}};
constexpr Param kTwoSets[]{{"set1", "An array."}, {"set2", "An array."}};
constexpr FunctionDef kUnion{
    .name = "set_union",
    .summary = "Returns the distinct elements of all arrays.",
    .params = kSets,
    .example = {"print set_union(dynamic([1, 2, 2]), dynamic([3, 1]))", "[1,2,3]"},
    .resolve = resolve_json<set_union, "d*">};
constexpr FunctionDef kIntersect{
    .name = "set_intersect",
    .summary = "Returns the distinct elements that are in every array.",
    .params = kSets,
    .example = {"print set_intersect(dynamic([1, 2, 3]), dynamic([3, 1]))", "[1,3]"},
    .resolve = resolve_json<set_intersect, "d*">};
constexpr FunctionDef kDifference{
    .name = "set_difference",
    .summary = "Returns the distinct elements of the first array that are in no other.",
    .params = kSets,
    .example = {"print set_difference(dynamic([1, 2, 3]), dynamic([3]))", "[1,2]"},
    .resolve = resolve_json<set_difference, "d*">};
constexpr FunctionDef kEquals{
    .name = "set_equals",
    .summary = "Tells whether two arrays have the same distinct elements.",
    .params = kTwoSets,
    .example = {"print set_equals(dynamic([1, 2]), dynamic([2, 1, 1]))", "true"},
    .resolve = resolve_json<set_equals, "dd">};
constexpr FunctionDef kJaccard{
    .name = "jaccard_index",
    .summary = "Returns how alike two sets are: the size of the intersection by that of the union.",
    .params = kTwoSets,
    .example = {"print jaccard_index(dynamic([1, 2]), dynamic([1, 2, 3, 4]))", "0.5"},
    .resolve = resolve_json<jaccard_index, "dd">};

constexpr const FunctionDef* kScalars[]{&kUnion, &kIntersect, &kDifference, &kEquals, &kJaccard};

}  // namespace

extern constinit const FunctionTable kSetFunctions{"dynamic", kScalars};

}  // namespace quarry::kql::functions
