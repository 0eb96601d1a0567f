// array_index_of(), set_has_element() and array_iff().
#include "common/kql/functions/dynamic/json_function.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

/// KQL: a negative start counts from the end, a negative length means to the end; the place is from
/// the array's start.
std::optional<std::int64_t> array_index_of(JsonRow& row) {
  if (!row.is_array(0)) return std::nullopt;
  const auto size = static_cast<std::int64_t>(row[0].size());
  std::int64_t start = row.integer(2);
  if (start < 0) start = std::max<std::int64_t>(0, start + size);
  const std::int64_t length = row.integer(3, -1);
  std::int64_t left = row.integer(4, 1);
  std::int64_t at = 0;
  DynamicView element;
  for (ArrayCursor cursor(row[0]); cursor.next(element); ++at) {
    if (at < start) continue;
    if (length >= 0 && at - start >= length) break;
    if (equal_dynamic(element.json(), row[1].json()) && --left == 0) return at;
  }
  return -1;
}

std::optional<bool> set_has_element(JsonRow& row) {
  if (!row.is_array(0)) return std::nullopt;
  DynamicView element;
  for (ArrayCursor cursor(row[0]); cursor.next(element);) {
    if (equal_dynamic(element.json(), row[1].json())) return true;
  }
  return false;
}

/// The choice for one place: an array gives its element there (null behind its end), a scalar
/// itself.
DynamicView choice(const std::vector<DynamicView>& elements, const DynamicView& given,
                   std::size_t at) {
  if (given.kind() != DynamicKind::kArray) return given;
  return at < elements.size() ? elements[at] : DynamicView();
}

/// A condition may be a bool or a number; anything else gives null.
void array_iff(JsonRow& row) {
  if (!row.is_array(0)) return;
  const std::vector<DynamicView> when_true = elements_of(row[1]);
  const std::vector<DynamicView> when_false = elements_of(row[2]);
  std::vector<DynamicView> result;
  DynamicView condition;
  for (ArrayCursor cursor(row[0]); cursor.next(condition);) {
    const std::size_t at = result.size();
    std::optional<bool> holds = condition.as_bool();
    if (const auto number = condition.as_real(); !holds && number) holds = *number != 0;
    if (!holds)
      result.emplace_back();
    else
      result.push_back(*holds ? choice(when_true, row[1], at) : choice(when_false, row[2], at));
  }
  row.write_array(result);
}

constexpr std::string_view kIffAliases[]{"array_iif"};
constexpr Param kIndexParams[]{{"array", "An array."},
                               {"value", "What to look for."},
                               {"start", "Where to begin; negative: from the end.", true},
                               {"length", "How many elements to look at; negative: all.", true},
                               {"occurrence", "Which find counts: 1 if left out.", true}};
constexpr Param kHasParams[]{{"set", "An array."}, {"value", "What to look for."}};
constexpr Param kIffParams[]{{"condition_array", "An array of bool or numbers."},
                             {"when_true", "An array, or a value for all places."},
                             {"when_false", "An array, or a value for all places."}};
constexpr FunctionDef kIndexOf{
    .name = "array_index_of",
    .summary = "Returns the place of a value in an array, from 0; -1 where it is not found.",
    .params = kIndexParams,
    .example = {R"(print array_index_of(dynamic(["this", "is", "an", "example"]), "an"))", "2"},
    .resolve = resolve_json<array_index_of, "dvlll">};
constexpr FunctionDef kHasElement{
    .name = "set_has_element",
    .summary = "Tells whether an array holds a value.",
    .params = kHasParams,
    .example = {R"(print set_has_element(dynamic(["this", "is"]), "is"))", "true"},
    .resolve = resolve_json<set_has_element, "dv">};
constexpr FunctionDef kIff{
    .name = "array_iff",
    .aliases = kIffAliases,
    .summary = "Takes, place by place, the element of one of two arrays.",
    .params = kIffParams,
    .example =
        {"print array_iff(dynamic([true, false, true]), dynamic([1, 2, 3]), dynamic([4, 5, 6]))",
         "[1,5,3]"},
    .resolve = resolve_json<array_iff, "dvv">};

constexpr const FunctionDef* kScalars[]{&kIndexOf, &kHasElement, &kIff};

}  // namespace

extern constinit const FunctionTable kArraySearch{"dynamic", kScalars};

}  // namespace quarry::kql::functions
