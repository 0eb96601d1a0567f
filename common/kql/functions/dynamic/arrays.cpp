// Functions that measure, cut and join arrays: array_length, array_concat, array_slice,
// array_split, array_reverse, array_sum.
#include "common/kql/functions/dynamic/json_function.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

std::optional<std::int64_t> array_length(DynamicView array) {
  if (array.kind() != DynamicKind::kArray) return std::nullopt;
  return static_cast<std::int64_t>(array.size());
}

/// What is no array is passed over; null where there is none at all.
void array_concat(JsonRow& row) {
  std::string& out = row.out();
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row.is_array(i)) continue;
    if (out.empty()) out += '[';
    DynamicView element;
    for (ArrayCursor cursor(row[i]); cursor.next(element);) {
      append_separator(out);
      append_value(out, element);
    }
  }
  if (!out.empty()) out += ']';
}

/// The place that an index means: negative ones count from the end.
std::int64_t place(std::int64_t index, std::size_t size) {
  return index < 0 ? index + static_cast<std::int64_t>(size) : index;
}

/// KQL: both ends belong to the slice.
void array_slice(JsonRow& row) {
  if (!row.is_array(0)) return;
  const std::vector<DynamicView> elements = elements_of(row[0]);
  const auto size = static_cast<std::int64_t>(elements.size());
  const std::int64_t first = std::max<std::int64_t>(place(row.integer(1), elements.size()), 0);
  const std::int64_t last = std::min(place(row.integer(2), elements.size()), size - 1);
  if (first > last) return row.write_array({});
  row.write_array(std::span(elements).subspan(static_cast<std::size_t>(first),
                                              static_cast<std::size_t>(last - first + 1)));
}

/// Parts begin at the given places; a place before the one already reached gives an empty part.
void array_split(JsonRow& row) {
  if (!row.is_array(0)) return;
  const std::vector<DynamicView> elements = elements_of(row[0]);
  std::vector<DynamicView> places =
      row.is_array(1) ? elements_of(row[1]) : std::vector<DynamicView>{row[1]};
  std::string result(1, '[');
  std::size_t begin = 0;
  const auto write_part = [&](std::size_t end) {
    append_separator(result);
    row.out().clear();
    row.write_array(std::span(elements).subspan(begin, end - begin));
    result += row.out();
    begin = end;
  };
  for (const DynamicView& given : places) {
    const std::int64_t at = place(given.as_long().value_or(0), elements.size());
    write_part(static_cast<std::size_t>(std::clamp<std::int64_t>(
        at, static_cast<std::int64_t>(begin), static_cast<std::int64_t>(elements.size()))));
  }
  write_part(elements.size());
  result += ']';
  row.out() = std::move(result);
}

void array_reverse(JsonRow& row) {
  if (!row.is_array(0)) return;
  std::vector<DynamicView> elements = elements_of(row[0]);
  std::reverse(elements.begin(), elements.end());
  row.write_array(elements);
}

/// Null where an element is no number. KQL: bool counts as 0 and 1.
std::optional<double> array_sum(DynamicView array) {
  if (array.kind() != DynamicKind::kArray) return std::nullopt;
  double sum = 0;
  DynamicView element;
  for (ArrayCursor cursor(array); cursor.next(element);) {
    if (const auto flag = element.as_bool())
      sum += *flag ? 1 : 0;
    else if (const auto number = element.as_real())
      sum += *number;
    else
      return std::nullopt;
  }
  return sum;
}

/// Row functions over one dynamic value, which refuse what is of another type.
template <auto kFunction>
Result<ResolvedScalar> resolve_dynamic(std::span<const Argument> arguments) {
  QUARRY_TRY(std::vector<Type> types, json_argument_types("d", arguments));
  return ResolvedScalar{std::move(types), rowwise_overload<kFunction>.kernel};
}

constexpr std::string_view kLengthAliases[]{"arraylength"};
constexpr Param kArray[]{{"array", "An array; anything else gives null."}};
constexpr Param kConcatParams[]{{"array1", "An array."}, {"more", "Further arrays.", true, true}};
constexpr Param kSliceParams[]{{"array", "An array."},
                               {"start", "First place, from 0; negative: from the end."},
                               {"end", "Last place."}};
constexpr Param kSplitParams[]{
    {"array", "An array."},
    {"indices", "Where the second part begins, or an array of such places."}};
constexpr FunctionDef kLength{.name = "array_length",
                              .aliases = kLengthAliases,
                              .summary = "Counts the elements of an array; null for anything else.",
                              .params = kArray,
                              .example = {"print array_length(dynamic([1, 2, 3]))", "3"},
                              .resolve = resolve_dynamic<array_length>};
constexpr FunctionDef kConcat{
    .name = "array_concat",
    .summary = "Joins arrays one after the other.",
    .params = kConcatParams,
    .example = {"print array_concat(dynamic([1, 2]), dynamic([3]))", "[1,2,3]"},
    .resolve = resolve_json<array_concat, "d*">};
constexpr FunctionDef kSlice{
    .name = "array_slice",
    .summary = "Returns the elements from one place to another, both included.",
    .params = kSliceParams,
    .example = {"print array_slice(dynamic([1, 2, 3, 4, 5]), -3, -2)", "[3,4]"},
    .resolve = resolve_json<array_slice, "dll">};
constexpr FunctionDef kSplit{
    .name = "array_split",
    .summary = "Cuts an array into parts at given places.",
    .params = kSplitParams,
    .example = {"print array_split(dynamic([1, 2, 3, 4, 5]), 2)", "[[1,2],[3,4,5]]"},
    .resolve = resolve_json<array_split, "dv">};
constexpr FunctionDef kReverse{.name = "array_reverse",
                               .summary = "Returns the elements in reverse order.",
                               .params = kArray,
                               .example = {"print array_reverse(dynamic([1, 2, 3]))", "[3,2,1]"},
                               .resolve = resolve_json<array_reverse, "d">};
constexpr FunctionDef kSum{.name = "array_sum",
                           .summary = "Adds up an array of numbers.",
                           .params = kArray,
                           .example = {"print array_sum(dynamic([1, 2, 3, 4]))", "10.0"},
                           .resolve = resolve_dynamic<array_sum>};

constexpr const FunctionDef* kScalars[]{&kLength, &kConcat, &kSlice, &kSplit, &kReverse, &kSum};

}  // namespace

extern constinit const FunctionTable kArrays{"dynamic", kScalars};

}  // namespace quarry::kql::functions
