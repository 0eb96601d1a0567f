// One typed value outside a column: a literal, a constant, a let, the result of toscalar().
#pragma once

#include "common/value/column.h"
#include "common/value/type.h"

#include <cstdint>
#include <string>
#include <variant>

namespace quarry {

/// JSON text of a dynamic constant.
struct DynamicText {
  std::string json;
  friend bool operator==(const DynamicText&, const DynamicText&) = default;
};

class Scalar {
 public:
  using Value = std::variant<std::monostate, bool, std::int32_t, std::int64_t, double, Decimal,
                             std::string, Datetime, Timespan, Guid, DynamicText>;

  Scalar() = default;
  static Scalar null(Type type) { return Scalar(type, std::monostate{}); }
  Scalar(Type type, Value value) : type_(type), value_(std::move(value)) {}
  static Scalar of(bool v) { return {Type::kBool, v}; }
  static Scalar of(std::int32_t v) { return {Type::kInt, v}; }
  static Scalar of(std::int64_t v) { return {Type::kLong, v}; }
  static Scalar of(double v) { return {Type::kReal, v}; }
  static Scalar of(std::string v) { return {Type::kString, std::move(v)}; }
  static Scalar of(Datetime v) { return {Type::kDatetime, v}; }
  static Scalar of(Timespan v) { return {Type::kTimespan, v}; }
  static Scalar dynamic(std::string json) { return {Type::kDynamic, DynamicText{std::move(json)}}; }

  Type type() const { return type_; }
  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const Value& value() const { return value_; }
  template <class T>
  const T& get() const {
    return std::get<T>(value_);
  }

  /// A constant column of so many rows.
  Column as_column(std::size_t rows) const;
  /// The cell at `row`, copied out.
  static Scalar from(const Column& column, std::size_t row);

 private:
  Type type_ = Type::kUnknown;
  Value value_;
};

/// The value as KQL would write it as a literal ("datetime(2024-05-01)", "dynamic([1])",
/// "\"text\""): for explain and messages.
std::string to_literal(const Scalar& value);

}  // namespace quarry
