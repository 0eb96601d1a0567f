// bag_pack() and pack_array(): dynamic values from columns.
#include "common/kql/functions/dynamic/json_function.h"

namespace quarry::kql::functions {
namespace {

enum class Empty : std::uint8_t { kKept, kLeftOut };

/// Null, "", {} and [].
bool is_empty(const DynamicView& value) {
  switch (value.kind()) {
    case DynamicKind::kNull:
      return true;
    case DynamicKind::kString:
      return value.json().size() == 2;
    case DynamicKind::kArray:
    case DynamicKind::kBag:
      return value.size() == 0;
    default:
      return false;
  }
}

/// Of a repeated key the last value counts, where the first stood.
template <Empty kEmpty>
void bag_pack(JsonRow& row) {
  std::string& out = row.out();
  out += '{';
  for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
    std::size_t value = i + 1;
    bool repeated = false;
    for (std::size_t j = 0; j < row.size(); j += 2) {
      if (row[j].json() != row[i].json()) continue;
      if (j < i) repeated = true;
      value = j + 1;
    }
    if (repeated || row[i].is_null() || (kEmpty == Empty::kLeftOut && is_empty(row[value])))
      continue;
    append_separator(out);
    out += row[i].json();
    out += ':';
    append_value(out, row[value]);
  }
  out += '}';
}

template <Empty kEmpty>
Result<ResolvedScalar> resolve_bag_pack(std::span<const Argument> arguments) {
  if (arguments.size() % 2 != 0) {
    return fail(ErrorCode::kQuery,
                "bag_pack() wants keys and values in turn: an even number of arguments");
  }
  ResolvedScalar resolved{{},
                          ScalarKernel{Type::kDynamic, &JsonFunction<bag_pack<kEmpty>, void>::run}};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type given = arguments[i].type;
    if (i % 2 == 0 && given != Type::kString && given != Type::kDynamic &&
        given != Type::kUnknown) {
      return Failure(Error(ErrorCode::kQuery, "a key of bag_pack() must be a string")
                         .at(SourceSpan{static_cast<std::uint32_t>(i), 0}));
    }
    resolved.argument_types.push_back(i % 2 == 0                ? Type::kString
                                      : given == Type::kUnknown ? Type::kDynamic
                                                                : given);
  }
  return resolved;
}

void pack_array(JsonRow& row) {
  std::string& out = row.out();
  out += '[';
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i != 0) out += ',';
    append_value(out, row[i]);
  }
  out += ']';
}

constexpr std::string_view kBagAliases[]{"pack", "pack_dictionary"};
constexpr Param kBagParams[]{{"key", "The name of the first member."},
                             {"value", "Its value."},
                             {"more", "Further keys and values in turn.", true, true}};
constexpr Param kArrayParams[]{{"value", "Values of any type; * for all columns.", true, true}};
constexpr FunctionDef kBagPack{
    .name = "bag_pack",
    .aliases = kBagAliases,
    .summary = "Makes a bag of keys and values.",
    .params = kBagParams,
    .example = {R"(print bag_pack("Level", "Information", "ProcessID", 1234))",
                R"({"Level":"Information","ProcessID":1234})"},
    .resolve = &resolve_bag_pack<Empty::kKept>};
constexpr FunctionDef kBagPackNotEmpty{
    .name = "__bag_pack_not_empty", .resolve = &resolve_bag_pack<Empty::kLeftOut>, .hidden = true};
constexpr FunctionDef kPackArray{
    .name = "pack_array",
    .summary = "Makes an array of values.",
    .params = kArrayParams,
    .example = {R"(print pack_array(1, "2", 3s))", R"([1,"2","00:00:03"])"},
    .resolve = resolve_json<pack_array, "v*">};

constexpr const FunctionDef* kScalars[]{&kBagPack, &kBagPackNotEmpty, &kPackArray};

}  // namespace

extern constinit const FunctionTable kPack{"dynamic", kScalars};

}  // namespace quarry::kql::functions
