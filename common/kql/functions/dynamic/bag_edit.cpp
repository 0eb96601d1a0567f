// bag_set_key() and bag_remove_keys(): a bag with members replaced or left out. Both take names or
// paths such as $.a.b.
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/dynamic/json_path.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

using Steps = std::span<const JsonPath::Step>;

/// The name that a path's first step has; null where it is an index.
const std::string* name_of_step(Steps steps) { return std::get_if<std::string>(&steps.front()); }

void append_key(std::string& out, std::string_view raw) {
  append_separator(out);
  out += '"';
  out += raw;
  out += "\":";
}

/// Appends `target` with the value set at the path. The member moves to the end. Bags missing on
/// the way are made.
void append_with(std::string& out, const DynamicView& target, Steps steps,
                 const DynamicView& value) {
  if (steps.empty()) {
    append_value(out, value);
    return;
  }
  const std::string* const name = name_of_step(steps);
  if (name == nullptr) {  // elements of arrays are not set
    append_value(out, target);
    return;
  }
  out += '{';
  std::string key;
  std::string_view raw;
  DynamicView member, old;
  for (BagCursor cursor(target); cursor.next(raw, member);) {
    key.clear();
    decode_json_string(raw, key);
    if (key == *name) {
      old = member;
      continue;
    }
    append_key(out, raw);
    append_value(out, member);
  }
  append_separator(out);
  append_json_string(out, *name);
  out += ':';
  append_with(out, old, steps.subspan(1), value);
  out += '}';
}

void bag_set_key(JsonRow& row) {
  if (!row.is_bag(0)) return;
  const JsonPath path = JsonPath::of_key(row.text(1));
  append_with(row.out(), row[0], path.steps, row[2]);
}

void append_without(std::string& out, const DynamicView& bag, std::span<const Steps> paths) {
  out += '{';
  std::string key;
  std::string_view raw;
  DynamicView member;
  for (BagCursor cursor(bag); cursor.next(raw, member);) {
    key.clear();
    decode_json_string(raw, key);
    bool removed = false;
    std::vector<Steps> inside;
    for (const Steps& steps : paths) {
      const std::string* const name = name_of_step(steps);
      if (name == nullptr || *name != key) continue;
      if (steps.size() == 1)
        removed = true;
      else
        inside.push_back(steps.subspan(1));
    }
    if (removed) continue;
    append_key(out, raw);
    if (inside.empty() || member.kind() != DynamicKind::kBag)
      append_value(out, member);
    else
      append_without(out, member, inside);
  }
  out += '}';
}

void bag_remove_keys(JsonRow& row) {
  if (!row.is_bag(0)) return;
  std::vector<JsonPath> paths;
  DynamicView key;
  std::string scratch;
  for (ArrayCursor cursor(row[1]); cursor.next(key);) {
    if (const auto name = key.as_string(scratch)) paths.push_back(JsonPath::of_key(*name));
  }
  const std::vector<Steps> steps = [&] {
    std::vector<Steps> all;
    for (const JsonPath& path : paths) all.emplace_back(path.steps);
    return all;
  }();
  append_without(row.out(), row[0], steps);
}

constexpr Param kSetParams[]{{"bag", "A bag."},
                             {"key", "A member's name, or a path such as $.a.b."},
                             {"value", "Any scalar."}};
constexpr Param kRemoveParams[]{{"bag", "A bag."},
                                {"keys", "An array of names, or of paths such as $.a.b."}};
constexpr FunctionDef kSet{
    .name = "bag_set_key",
    .summary = "Returns a bag with a member set.",
    .params = kSetParams,
    .example = {R"(print bag_set_key(dynamic({"a":1}), "b", 2))", R"({"a":1,"b":2})"},
    .resolve = resolve_json<bag_set_key, "dtv">};
constexpr FunctionDef kRemove{
    .name = "bag_remove_keys",
    .summary = "Returns a bag without some of its members.",
    .params = kRemoveParams,
    .example = {R"(print bag_remove_keys(dynamic({"a":1,"b":2,"c":3}), dynamic(["a","c"])))",
                R"({"b":2})"},
    .resolve = resolve_json<bag_remove_keys, "dd">};

constexpr const FunctionDef* kScalars[]{&kSet, &kRemove};

}  // namespace

extern constinit const FunctionTable kBagEdit{"dynamic", kScalars};

}  // namespace quarry::kql::functions
