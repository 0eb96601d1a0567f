// Functions that read and combine bags: bag_keys, bag_has_key, bag_merge, bag_zip.
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/dynamic/json_path.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

void bag_keys(JsonRow& row) {
  if (!row.is_bag(0)) return;
  std::string& out = row.out();
  out += '[';
  std::string_view key;
  DynamicView value;
  for (BagCursor cursor(row[0]); cursor.next(key, value);) {
    append_separator(out);
    out += '"';
    out += key;
    out += '"';
  }
  out += ']';
}

/// Null members count as present, so the last step looks at keys.
bool has_path(const DynamicView& root, const JsonPath& path) {
  JsonPath parent = path;
  const JsonPath::Step last = parent.steps.back();
  parent.steps.pop_back();
  const DynamicView holder = parent.find(root);
  if (const auto* index = std::get_if<std::int64_t>(&last)) {
    const auto size = static_cast<std::int64_t>(holder.size());
    return holder.kind() == DynamicKind::kArray && *index < size && *index >= -size;
  }
  std::string_view raw;
  DynamicView value;
  std::string key;
  for (BagCursor cursor(holder); cursor.next(raw, value);) {
    key.clear();
    decode_json_string(raw, key);
    if (key == std::get<std::string>(last)) return true;
  }
  return false;
}

std::optional<bool> bag_has_key(JsonRow& row) {
  if (!row.is_bag(0)) return std::nullopt;
  return has_path(row[0], JsonPath::of_key(row.text(1)));
}

/// KQL: of a key in several bags the leftmost bag's value counts; what is no bag is passed over.
void bag_merge(JsonRow& row) {
  std::vector<std::string_view> seen;
  std::string& out = row.out();
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row.is_bag(i)) continue;
    if (out.empty()) out += '{';
    const std::size_t earlier = seen.size();
    std::string_view key;
    DynamicView value;
    for (BagCursor cursor(row[i]); cursor.next(key, value);) {
      if (std::find(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(earlier), key) !=
          seen.begin() + static_cast<std::ptrdiff_t>(earlier)) {
        continue;
      }
      seen.push_back(key);
      append_separator(out);
      out += '"';
      out += key;
      out += "\":";
      append_value(out, value);
    }
  }
  if (!out.empty()) out += '}';
}

/// KQL: keys that are no strings are passed over with their values; missing values are null.
void bag_zip(JsonRow& row) {
  if (!row.is_array(0)) return;
  const std::vector<DynamicView> values = elements_of(row[1]);
  std::string& out = row.out();
  out += '{';
  std::size_t at = 0;
  DynamicView key;
  for (ArrayCursor cursor(row[0]); cursor.next(key); ++at) {
    if (key.kind() != DynamicKind::kString) continue;
    append_separator(out);
    out += key.json();
    out += ':';
    append_value(out, at < values.size() ? values[at] : DynamicView());
  }
  out += '}';
}

constexpr Param kKeysParams[]{{"object", "A bag."}};
constexpr Param kHasKeyParams[]{{"bag", "A bag."},
                                {"key", "A member's name, or a path such as $.a.b."}};
constexpr Param kMergeParams[]{
    {"bag1", "A bag."}, {"bag2", "A bag."}, {"more", "Further bags.", true, true}};
constexpr Param kZipParams[]{{"keys", "An array of strings."}, {"values", "An array."}};
constexpr FunctionDef kBagKeys{
    .name = "bag_keys",
    .summary = "Returns the names of a bag's members.",
    .params = kKeysParams,
    .example = {R"(print bag_keys(dynamic({"a":1,"b":{"c":2}})))", R"(["a","b"])"},
    .resolve = resolve_json<bag_keys, "d">};
constexpr FunctionDef kBagHasKey{
    .name = "bag_has_key",
    .summary = "Tells whether a bag has a member.",
    .params = kHasKeyParams,
    .example = {R"(print bag_has_key(dynamic({"a":{"b":1}}), "$.a.b"))", "true"},
    .resolve = resolve_json<bag_has_key, "dt">};
constexpr FunctionDef kBagMerge{
    .name = "bag_merge",
    .summary = "Merges bags; of a repeated key the leftmost value stays.",
    .params = kMergeParams,
    .example = {R"(print bag_merge(dynamic({"a":1}), dynamic({"a":2,"b":3})))", R"({"a":1,"b":3})"},
    .resolve = resolve_json<bag_merge, "d*">};
constexpr FunctionDef kBagZip{
    .name = "bag_zip",
    .summary = "Makes a bag of an array of keys and an array of values.",
    .params = kZipParams,
    .example = {R"(print bag_zip(dynamic(["a","b"]), dynamic([1,"2"])))", R"({"a":1,"b":"2"})"},
    .resolve = resolve_json<bag_zip, "dd">};

constexpr const FunctionDef* kScalars[]{&kBagKeys, &kBagHasKey, &kBagMerge, &kBagZip};

}  // namespace

extern constinit const FunctionTable kBags{"dynamic", kScalars};

}  // namespace quarry::kql::functions
