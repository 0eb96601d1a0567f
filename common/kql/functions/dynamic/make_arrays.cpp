// range(), repeat() and zip(): arrays from scalars and from other arrays.
#include "common/kql/functions/dynamic/json_cell.h"
#include "common/kql/functions/dynamic/json_function.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kMaxElements = 1'048'576;  // as Kusto limits them

/// Ticks of datetime and timespan, integers as they are.
template <class V>
std::int64_t count_of(const V& value) {
  if constexpr (std::same_as<V, std::int64_t>)
    return value;
  else
    return value.ticks;
}

template <class V>
DynamicText range_of(V start, V stop, std::int64_t step) {
  constexpr Type kType = detail::kql_type<V>();
  std::string json(1, '[');
  std::int64_t at = count_of(start);
  const std::int64_t end = count_of(stop);
  for (std::int64_t count = 0;
       step != 0 && count < kMaxElements && (step > 0 ? at <= end : at >= end); ++count) {
    append_separator(json);
    append_json_cell<kType>(json, Cell<kType>{at});
    if (__builtin_add_overflow(at, step, &at)) break;
  }
  json += ']';
  return {std::move(json)};
}

DynamicText range_long(std::int64_t start, std::int64_t stop, std::int64_t step) {
  return range_of(start, stop, step);
}
DynamicText range_long_by_one(std::int64_t start, std::int64_t stop) {
  return range_of<std::int64_t>(start, stop, 1);
}
DynamicText range_datetime(Datetime start, Datetime stop, Timespan step) {
  return range_of(start, stop, step.ticks);
}
DynamicText range_datetime_by_hour(Datetime start, Datetime stop) {
  return range_of(start, stop, kTicksPerHour);
}
DynamicText range_timespan(Timespan start, Timespan stop, Timespan step) {
  return range_of(start, stop, step.ticks);
}
DynamicText range_timespan_by_hour(Timespan start, Timespan stop) {
  return range_of(start, stop, kTicksPerHour);
}
/// Each element from the start, so that errors do not add up.
DynamicText range_real(double start, double stop, double step) {
  std::string json(1, '[');
  for (std::int64_t i = 0; step != 0 && i < kMaxElements; ++i) {
    const double at = start + static_cast<double>(i) * step;
    if (!(step > 0 ? at <= stop : at >= stop)) break;
    append_separator(json);
    append_json_cell<Type::kReal>(json, at);
  }
  json += ']';
  return {std::move(json)};
}
DynamicText range_real_by_one(double start, double stop) { return range_real(start, stop, 1); }

void repeat(JsonRow& row) {
  const std::int64_t count = std::min(row.integer(1), kMaxElements);
  if (count < 0) return;
  row.write_array(std::vector<DynamicView>(static_cast<std::size_t>(count), row[0]));
}

/// Shorter arrays are filled up with nulls.
void zip(JsonRow& row) {
  std::vector<std::vector<DynamicView>> columns;
  std::size_t length = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row.is_array(i)) return;
    columns.push_back(elements_of(row[i]));
    length = std::max(length, columns.back().size());
  }
  std::string& out = row.out();
  out += '[';
  for (std::size_t at = 0; at < length; ++at) {
    if (at != 0) out += ',';
    for (std::size_t i = 0; i < columns.size(); ++i) {
      out += i == 0 ? '[' : ',';
      append_value(out, at < columns[i].size() ? columns[i][at] : DynamicView());
    }
    out += ']';
  }
  out += ']';
}

constexpr Param kRangeParams[]{{"start", "The first element: a number, datetime or timespan."},
                               {"stop", "The last element is not beyond it."},
                               {"step", "1, or 1h for datetime and timespan, if left out.", true}};
constexpr Param kRepeatParams[]{{"value", "Any scalar."}, {"count", "How many times."}};
constexpr Param kZipParams[]{
    {"array1", "An array."}, {"array2", "An array."}, {"more", "Further arrays.", true, true}};
constexpr FunctionDef kRange{
    .name = "range",
    .summary = "Makes an array of evenly spaced values, at most 1,048,576.",
    .params = kRangeParams,
    .example = {"print range(1, 8, 3)", "[1,4,7]"},
    .overloads = rowwise<range_long, range_long_by_one, range_datetime, range_datetime_by_hour,
                         range_timespan, range_timespan_by_hour, range_real, range_real_by_one>};
constexpr FunctionDef kRepeat{.name = "repeat",
                              .summary = "Makes an array that holds a value many times.",
                              .params = kRepeatParams,
                              .example = {"print repeat(1, 3)", "[1,1,1]"},
                              .resolve = resolve_json<repeat, "vl">};
constexpr FunctionDef kZip{
    .name = "zip",
    .summary = "Makes an array of arrays: all first elements, all second ones …",
    .params = kZipParams,
    .example = {"print zip(dynamic([1, 3, 5]), dynamic([2, 4, 6]))", "[[1,2],[3,4],[5,6]]"},
    .resolve = resolve_json<zip, "d*">};

constexpr const FunctionDef* kScalars[]{&kRange, &kRepeat, &kZip};

}  // namespace

extern constinit const FunctionTable kMakeArrays{"dynamic", kScalars};

}  // namespace quarry::kql::functions
