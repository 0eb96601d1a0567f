#include "common/value/scalar.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "common/value/builder.h"

#include <cmath>
#include <limits>
#include <utility>

namespace quarry {
namespace {

template <Type T>
void append_value(ColumnBuilder<T>& builder, const Scalar& scalar) {
  if (scalar.is_null())
    builder.append_null();
  else if constexpr (T == Type::kString)
    builder.append_copy(scalar.get<std::string>());
  else if constexpr (T == Type::kDynamic)
    builder.append_copy(scalar.get<DynamicText>().json);
  else if constexpr (T == Type::kBool)
    builder.append(scalar.get<bool>() ? 1 : 0);
  else
    builder.append(scalar.get<Cell<T>>());
}

/// KQL: "…" with backslash escapes; what has no short escape is written \u00NN.
void append_quoted(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else if (byte < 0x20 || byte == 0x7f)
      ((out += "\\u00") += kHex[byte >> 4]) += kHex[byte & 15];
    else
      out += c;
  }
  out += '"';
}

void append_real_literal(std::string& out, double value) {
  if (std::isnan(value))
    out += "real(nan)";
  else if (std::isinf(value))
    out += value > 0 ? "real(+inf)" : "real(-inf)";
  else
    text::append_real(out, value);
}

void append_datetime_literal(std::string& out, Datetime value) {
  std::string text = to_string(value);  // 2024-05-01T12:34:56.1234567Z
  if (value.ticks % kTicksPerDay == 0)
    text.resize(text.find('T'));
  else if (value.ticks % kTicksPerSecond == 0)
    text.erase(text.find('.'), text.size() - text.find('.') - 1);
  ((out += "datetime(") += text) += ')';
}

struct LiteralWriter {
  std::string& out;

  void operator()(std::monostate) const {}
  void operator()(bool v) const { out += v ? "true" : "false"; }
  void operator()(std::int32_t v) const {
    out += "int(";
    text::append_int(out, v);
    out += ')';
  }
  void operator()(std::int64_t v) const {
    // The smallest long has no positive counterpart that a minus sign could stand before.
    const bool wrap = v == std::numeric_limits<std::int64_t>::min();
    if (wrap) out += "long(";
    text::append_int(out, v);
    if (wrap) out += ')';
  }
  void operator()(double v) const { append_real_literal(out, v); }
  void operator()(const Decimal& v) const {
    out += "decimal(";
    append_decimal(out, v);
    out += ')';
  }
  void operator()(const std::string& v) const { append_quoted(out, v); }
  void operator()(Datetime v) const { append_datetime_literal(out, v); }
  void operator()(Timespan v) const {
    out += "time(";
    append_timespan(out, v);
    out += ')';
  }
  void operator()(const Guid& v) const {
    out += "guid(";
    append_guid(out, v);
    out += ')';
  }
  void operator()(const DynamicText& v) const { ((out += "dynamic(") += v.json) += ')'; }
};

}  // namespace

Column Scalar::as_column(std::size_t rows) const {
  return dispatch(type_, [&]<Type T>() {
    ColumnBuilder<T> builder(1);
    append_value<T>(builder, *this);
    return Column::constant(builder.finish(), rows);
  });
}

Scalar Scalar::from(const Column& column, std::size_t row) {
  return dispatch(column.type(), [&]<Type T>() -> Scalar {
    const Cells<T> cells(column);
    if (cells.is_null(row)) return null(T);
    if constexpr (T == Type::kString)
      return of(std::string(cells[row].view()));
    else if constexpr (T == Type::kDynamic)
      return dynamic(std::string(cells[row].json.view()));
    else if constexpr (T == Type::kBool)
      return of(cells[row] != 0);
    else
      return Scalar(T, cells[row]);
  });
}

std::string to_literal(const Scalar& value) {
  if (value.is_null()) {
    if (value.type() == Type::kString) return "\"\"";
    return std::string(name_of(value.type())) + "(null)";
  }
  std::string out;
  std::visit(LiteralWriter{out}, value.value());
  return out;
}

}  // namespace quarry
