#include "common/value/type.h"

#include <utility>

namespace quarry {
namespace {

struct Alias {
  std::string_view name;
  Type type;
};

// KQL has one integer of 32 and one of 64 bits; the other widths are spellings that its grammar
// reserves.
constexpr Alias kAliases[]{
    {"boolean", Type::kBool}, {"int8", Type::kInt},      {"int16", Type::kInt},
    {"int32", Type::kInt},    {"uint8", Type::kInt},     {"uint16", Type::kInt},
    {"uint32", Type::kInt},   {"uint", Type::kInt},      {"int64", Type::kLong},
    {"uint64", Type::kLong},  {"ulong", Type::kLong},    {"double", Type::kReal},
    {"float", Type::kReal},   {"date", Type::kDatetime}, {"time", Type::kTimespan},
    {"uuid", Type::kGuid},    {"uniqueid", Type::kGuid}, {"object", Type::kDynamic},
};

}  // namespace

std::string_view name_of(Type type) {
  switch (type) {
    case Type::kUnknown:
      break;
    case Type::kBool:
      return "bool";
    case Type::kInt:
      return "int";
    case Type::kLong:
      return "long";
    case Type::kReal:
      return "real";
    case Type::kDecimal:
      return "decimal";
    case Type::kString:
      return "string";
    case Type::kDatetime:
      return "datetime";
    case Type::kTimespan:
      return "timespan";
    case Type::kGuid:
      return "guid";
    case Type::kDynamic:
      return "dynamic";
  }
  return "unknown";
}

std::optional<Type> parse_type(std::string_view name) {
  for (const Type type : kAllTypes) {
    if (name_of(type) == name) return type;
  }
  for (const Alias& alias : kAliases) {
    if (alias.name == name) return alias.type;
  }
  return std::nullopt;
}

std::size_t cell_size(Type type) {
  return dispatch(type, []<Type T>() { return sizeof(Cell<T>); });
}

std::optional<std::size_t> Schema::find(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return i;
  }
  return std::nullopt;
}

}  // namespace quarry
