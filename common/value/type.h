// The scalar types of KQL and the C++ type that one cell of each has.
#pragma once

#include "common/time/ticks.h"
#include "common/value/decimal.h"
#include "common/value/guid.h"
#include "common/value/string_cell.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry {

/// Kusto: scalar-data-types. kUnknown is the type of a broken expression: it silences follow-up
/// errors and never reaches a column.
enum class Type : std::uint8_t {
  kUnknown,
  kBool,
  kInt,
  kLong,
  kReal,
  kDecimal,
  kString,
  kDatetime,
  kTimespan,
  kGuid,
  kDynamic
};

inline constexpr Type kAllTypes[]{Type::kBool,    Type::kInt,    Type::kLong,     Type::kReal,
                                  Type::kDecimal, Type::kString, Type::kDatetime, Type::kTimespan,
                                  Type::kGuid,    Type::kDynamic};

/// "bool", "int", … as KQL spells them; "unknown" for kUnknown.
std::string_view name_of(Type type);
/// Accepts KQL's aliases too (boolean, double, date, time, uniqueid, int32, int64, object …);
/// nullopt where none.
std::optional<Type> parse_type(std::string_view name);

constexpr bool is_integer(Type t) { return t == Type::kInt || t == Type::kLong; }
constexpr bool is_numeric(Type t) {
  return t == Type::kInt || t == Type::kLong || t == Type::kReal || t == Type::kDecimal;
}

/// One cell of dynamic: JSON text, as it came or as we wrote it (see dynamic.h). A type of its own
/// so it never mixes with strings.
struct DynamicCell {
  StringCell json;
};

template <Type>
struct CellOf;
template <>
struct CellOf<Type::kBool> {
  using type = std::uint8_t;
};
template <>
struct CellOf<Type::kInt> {
  using type = std::int32_t;
};
template <>
struct CellOf<Type::kLong> {
  using type = std::int64_t;
};
template <>
struct CellOf<Type::kReal> {
  using type = double;
};
template <>
struct CellOf<Type::kDecimal> {
  using type = Decimal;
};
template <>
struct CellOf<Type::kString> {
  using type = StringCell;
};
template <>
struct CellOf<Type::kDatetime> {
  using type = Datetime;
};
template <>
struct CellOf<Type::kTimespan> {
  using type = Timespan;
};
template <>
struct CellOf<Type::kGuid> {
  using type = Guid;
};
template <>
struct CellOf<Type::kDynamic> {
  using type = DynamicCell;
};
template <Type T>
using Cell = typename CellOf<T>::type;

std::size_t cell_size(Type type);

/// Calls f.template operator()<T>() for the given type: the one place that switches over all types.
template <class F>
decltype(auto) dispatch(Type type, F&& f) {
  switch (type) {
    case Type::kBool:
      return f.template operator()<Type::kBool>();
    case Type::kInt:
      return f.template operator()<Type::kInt>();
    case Type::kLong:
      return f.template operator()<Type::kLong>();
    case Type::kReal:
      return f.template operator()<Type::kReal>();
    case Type::kDecimal:
      return f.template operator()<Type::kDecimal>();
    case Type::kDatetime:
      return f.template operator()<Type::kDatetime>();
    case Type::kTimespan:
      return f.template operator()<Type::kTimespan>();
    case Type::kGuid:
      return f.template operator()<Type::kGuid>();
    case Type::kDynamic:
      return f.template operator()<Type::kDynamic>();
    case Type::kString:
    case Type::kUnknown:
      break;
  }
  return f.template operator()<Type::kString>();
}

struct ColumnSchema {
  std::string name;
  Type type = Type::kString;
  friend bool operator==(const ColumnSchema&, const ColumnSchema&) = default;
};

/// Names and types of a table or a result, in order. Names are unique.
struct Schema {
  std::vector<ColumnSchema> columns;
  /// Index of the column with exactly this name.
  std::optional<std::size_t> find(std::string_view name) const;
  friend bool operator==(const Schema&, const Schema&) = default;
};

}  // namespace quarry
