// strcat_array(), dynamic_to_json(), treepath() and gettype(): what can be said of a dynamic value
// in text.
#include "common/kql/functions/dynamic/json_function.h"

#include <algorithm>
#include <map>

namespace quarry::kql::functions {
namespace {

/// KQL: null elements count as empty texts.
std::string strcat_array(JsonRow& row) {
  std::string result;
  const std::string delimiter = [&] {
    std::string text;
    append_dynamic_as_text(text, row[1]);
    return text;
  }();
  bool first = true;
  DynamicView element;
  for (ArrayCursor cursor(row[0]); cursor.next(element);) {
    if (!first) result += delimiter;
    first = false;
    append_dynamic_as_text(result, element);
  }
  return result;
}

/// Members in order of their names, so that equal values give equal texts. Depth is bounded by the
/// depth of valid JSON.
void append_canonical(std::string& out, const DynamicView& value) {
  if (value.kind() == DynamicKind::kArray) {
    out += '[';
    DynamicView element;
    for (ArrayCursor cursor(value); cursor.next(element);) {
      append_separator(out);
      append_canonical(out, element);
    }
    out += ']';
  } else if (value.kind() == DynamicKind::kBag) {
    std::map<std::string_view, DynamicView> members;
    std::string_view key;
    DynamicView member;
    for (BagCursor cursor(value); cursor.next(key, member);) members[key] = member;
    out += '{';
    for (const auto& [name, content] : members) {
      append_separator(out);
      out += '"';
      out += name;
      out += "\":";
      append_canonical(out, content);
    }
    out += '}';
  } else {
    append_value(out, value);
  }
}

std::string dynamic_to_json(JsonRow& row) {
  std::string result;
  if (!row[0].json().empty()) append_canonical(result, row[0]);
  return result;
}

/// Adds the path of the value and of what is in it. KQL: only the first element of an array is
/// looked into.
void add_paths(std::string& out, const std::string& path, const DynamicView& value) {
  if (!path.empty()) {
    append_separator(out);
    append_json_string(out, path);
  }
  if (value.kind() == DynamicKind::kArray) {
    if (value.size() > 0) add_paths(out, fmt::format("{}[0]", path), value.element(0));
    return;
  }
  std::string_view raw;
  DynamicView member;
  for (BagCursor cursor(value); cursor.next(raw, member);) {
    std::string name;
    decode_json_string(raw, name);
    add_paths(out, fmt::format("{}['{}']", path, name), member);
  }
}

void treepath(JsonRow& row) {
  if (row[0].is_null()) return;
  row.out() += '[';
  add_paths(row.out(), {}, row[0]);
  row.out() += ']';
}

std::string type_of(JsonRow& row) {
  switch (row[0].kind()) {
    case DynamicKind::kNull:
      return "null";
    case DynamicKind::kBool:
      return "bool";
    case DynamicKind::kLong:
      return "long";
    case DynamicKind::kReal:
      return "double";
    case DynamicKind::kString:
      return "string";
    case DynamicKind::kArray:
      return "array";
    case DynamicKind::kBag:
      return "dictionary";
  }
  return "null";
}

template <Type T>
Column type_of_column(KernelCall& call) {
  return Scalar::of(std::string(T == Type::kReal ? "double" : name_of(T))).as_column(call.rows);
}

Result<ResolvedScalar> resolve_gettype(std::span<const Argument> arguments) {
  const Type type = arguments[0].type;
  if (type == Type::kDynamic || type == Type::kUnknown)
    return resolve_json<type_of, "v">(arguments);
  return ResolvedScalar{{type},
                        ScalarKernel{Type::kString, dispatch(type, []<Type T>() -> ScalarFn {
                                       return &type_of_column<T>;
                                     })}};
}

constexpr std::string_view kStrcatAliases[]{"array_strcat"};
constexpr Param kStrcatParams[]{{"array", "An array."},
                                {"delimiter", "What stands between elements."}};
constexpr Param kAny[]{{"value", "Any scalar."}};
constexpr Param kTreeParams[]{{"object", "A dynamic value."}};
constexpr FunctionDef kStrcat{
    .name = "strcat_array",
    .aliases = kStrcatAliases,
    .summary = "Joins the elements of an array into one text.",
    .params = kStrcatParams,
    .example = {R"(print strcat_array(dynamic([1, 2, 3]), "->"))", "1->2->3"},
    .resolve = resolve_json<strcat_array, "dv">};
constexpr FunctionDef kToJson{
    .name = "dynamic_to_json",
    .summary =
        "Returns the JSON of a value, members sorted by name: equal values have equal texts.",
    .params = kAny,
    .example = {R"(print dynamic_to_json(dynamic({"b":1,"a":[2]})))", R"({"a":[2],"b":1})"},
    .resolve = resolve_json<dynamic_to_json, "v">};
constexpr FunctionDef kTreePath{
    .name = "treepath",
    .summary = "Lists the paths of all values inside a dynamic value.",
    .params = kTreeParams,
    .example = {R"(print treepath(dynamic({"a":"b","c":123})))", R"(["['a']","['c']"])"},
    .resolve = resolve_json<treepath, "d">};
constexpr FunctionDef kGetType{
    .name = "gettype",
    .summary = "Returns the name of a value's type; of a dynamic value, that of what it holds.",
    .params = kAny,
    .example = {R"(print gettype(parse_json('{"a":1}')))", "dictionary"},
    .resolve = &resolve_gettype};

constexpr const FunctionDef* kScalars[]{&kStrcat, &kToJson, &kTreePath, &kGetType};

}  // namespace

extern constinit const FunctionTable kDynamicText{"dynamic", kScalars};

}  // namespace quarry::kql::functions
