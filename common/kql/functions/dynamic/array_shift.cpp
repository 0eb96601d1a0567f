// array_rotate_left/right and array_shift_left/right.
#include "common/kql/functions/dynamic/json_function.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

enum class Way : std::uint8_t { kLeft, kRight };

template <Way kWay>
void rotate(JsonRow& row) {
  if (!row.is_array(0)) return;
  std::vector<DynamicView> elements = elements_of(row[0]);
  if (elements.empty()) return row.write_array(elements);
  const auto size = static_cast<std::int64_t>(elements.size());
  std::int64_t left = row.integer(1) % size;
  if (kWay == Way::kRight) left = -left;
  if (left < 0) left += size;
  std::rotate(elements.begin(), elements.begin() + left, elements.end());
  row.write_array(elements);
}

template <Way kWay>
void shift(JsonRow& row) {
  if (!row.is_array(0)) return;
  const std::vector<DynamicView> elements = elements_of(row[0]);
  const auto size = static_cast<std::int64_t>(elements.size());
  const std::int64_t count = std::clamp(row.integer(1), -size, size);
  const std::int64_t left = kWay == Way::kLeft ? count : -count;
  std::vector<DynamicView> shifted(elements.size(), row.size() > 2 ? row[2] : DynamicView());
  for (std::int64_t i = std::max<std::int64_t>(0, -left); i < size && i + left < size; ++i) {
    shifted[static_cast<std::size_t>(i)] = elements[static_cast<std::size_t>(i + left)];
  }
  row.write_array(shifted);
}

constexpr Param kRotateParams[]{{"array", "An array."},
                                {"rotate_count", "By how many places; negative: the other way."}};
constexpr Param kShiftParams[]{{"array", "An array."},
                               {"shift_count", "By how many places; negative: the other way."},
                               {"default_value", "What fills the gap; null if left out.", true}};
constexpr FunctionDef kRotateLeft{
    .name = "array_rotate_left",
    .summary = "Moves elements to the left; those that fall out return at the end.",
    .params = kRotateParams,
    .example = {"print array_rotate_left(dynamic([1, 2, 3, 4, 5]), 2)", "[3,4,5,1,2]"},
    .resolve = resolve_json<rotate<Way::kLeft>, "dl">};
constexpr FunctionDef kRotateRight{
    .name = "array_rotate_right",
    .summary = "Moves elements to the right; those that fall out return at the start.",
    .params = kRotateParams,
    .example = {"print array_rotate_right(dynamic([1, 2, 3, 4, 5]), 2)", "[4,5,1,2,3]"},
    .resolve = resolve_json<rotate<Way::kRight>, "dl">};
constexpr FunctionDef kShiftLeft{
    .name = "array_shift_left",
    .summary = "Moves elements to the left and fills the end.",
    .params = kShiftParams,
    .example = {"print array_shift_left(dynamic([1, 2, 3, 4, 5]), 2, -1)", "[3,4,5,-1,-1]"},
    .resolve = resolve_json<shift<Way::kLeft>, "dlv">};
constexpr FunctionDef kShiftRight{
    .name = "array_shift_right",
    .summary = "Moves elements to the right and fills the start.",
    .params = kShiftParams,
    .example = {"print array_shift_right(dynamic([1, 2, 3, 4, 5]), 2)", "[null,null,1,2,3]"},
    .resolve = resolve_json<shift<Way::kRight>, "dlv">};

constexpr const FunctionDef* kScalars[]{&kRotateLeft, &kRotateRight, &kShiftLeft, &kShiftRight};

}  // namespace

extern constinit const FunctionTable kArrayShift{"dynamic", kScalars};

}  // namespace quarry::kql::functions
