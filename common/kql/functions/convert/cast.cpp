#include "common/kql/functions/convert/cast.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "common/time/parse.h"
#include "common/value/builder.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <type_traits>

namespace quarry::kql::functions {
namespace {

/// What a cell is while it is being cast.
template <Type T>
struct NativeOf {
  using type = Cell<T>;
};
template <>
struct NativeOf<Type::kBool> {
  using type = bool;
};
template <>
struct NativeOf<Type::kString> {
  using type = std::string_view;
};
template <>
struct NativeOf<Type::kDynamic> {
  using type = DynamicView;
};
template <Type T>
using Native = typename NativeOf<T>::type;

template <Type T>
Native<T> native(const Cell<T>& cell) {
  if constexpr (T == Type::kBool)
    return cell != 0;
  else if constexpr (T == Type::kString)
    return cell.view();
  else if constexpr (T == Type::kDynamic)
    return DynamicView(cell.json.view());
  else
    return cell;
}

constexpr bool is_number(Type type) { return is_numeric(type) || type == Type::kBool; }

template <class To>
std::optional<To> integer_from(double value) {
  constexpr double kLow = static_cast<double>(std::numeric_limits<To>::min());
  constexpr double kHigh = -kLow;  // exact, one above the largest
  if (!(value > kLow - 1 || value == kLow) || !(value < kHigh)) return std::nullopt;
  return static_cast<To>(value);
}
template <class To>
std::optional<To> integer_from(std::int64_t value) {
  if (value < std::numeric_limits<To>::min() || value > std::numeric_limits<To>::max())
    return std::nullopt;
  return static_cast<To>(value);
}

/// Numbers and bool among each other; ticks for datetime and timespan.
template <Type To, class V>
std::optional<Native<To>> from_number(V value) {
  if constexpr (std::is_same_v<V, Decimal>) {
    if constexpr (To == Type::kReal)
      return to_double(value);
    else if constexpr (To == Type::kDecimal)
      return value;
    else if constexpr (To == Type::kBool)
      return compare(value, Decimal{}) != 0;
    else {
      const auto whole = to_int64(value);
      return whole ? from_number<To>(*whole) : std::nullopt;
    }
  } else if constexpr (To == Type::kBool)
    return value != 0;
  else if constexpr (To == Type::kInt)
    return integer_from<std::int32_t>(value);
  else if constexpr (To == Type::kLong)
    return integer_from<std::int64_t>(value);
  else if constexpr (To == Type::kReal)
    return static_cast<double>(value);
  else if constexpr (To == Type::kDecimal)
    return decimal_from(value);
  else {
    const auto ticks = integer_from<std::int64_t>(value);
    if (!ticks) return std::nullopt;
    if constexpr (To == Type::kDatetime) {
      if (*ticks < 0 || *ticks > Datetime::kMaxTicks) return std::nullopt;
    }
    return Native<To>{*ticks};
  }
}

template <Type To>
std::optional<Native<To>> from_string(std::string_view text) {
  if constexpr (To == Type::kBool)
    return read_bool(text);
  else if constexpr (To == Type::kLong)
    return read_long(text);
  else if constexpr (To == Type::kInt) {
    const auto value = read_long(text);
    return value ? integer_from<std::int32_t>(*value) : std::nullopt;
  } else if constexpr (To == Type::kReal)
    return read_real(text);
  else if constexpr (To == Type::kDecimal)
    return read_decimal(text);
  else if constexpr (To == Type::kDatetime) {
    if (const auto fast = parse_iso_datetime(text)) return fast;
    return parse_datetime(text);
  } else if constexpr (To == Type::kTimespan)
    return parse_timespan(text);
  else
    return parse_guid(text);
}

template <Type To>
std::optional<Native<To>> from_dynamic(const DynamicView& value) {
  constexpr bool takes_numbers = is_number(To) || To == Type::kDatetime || To == Type::kTimespan;
  switch (value.kind()) {
    case DynamicKind::kString: {
      std::string scratch;
      return from_string<To>(*value.as_string(scratch));
    }
    case DynamicKind::kBool:
      if constexpr (is_number(To)) return from_number<To>(std::int64_t{*value.as_bool() ? 1 : 0});
      return std::nullopt;
    case DynamicKind::kLong:
      if constexpr (takes_numbers) return from_number<To>(*value.as_long());
      return std::nullopt;
    case DynamicKind::kReal:
      if constexpr (To == Type::kDecimal)
        return read_decimal(value.json());
      else if constexpr (takes_numbers)
        return from_number<To>(*value.as_real());
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

/// Everything but to string and to dynamic.
template <Type To, Type From>
std::optional<Native<To>> convert(const Native<From>& value) {
  if constexpr (From == Type::kString)
    return from_string<To>(value);
  else if constexpr (From == Type::kDynamic)
    return from_dynamic<To>(value);
  else if constexpr (To == Type::kGuid || From == Type::kGuid)
    return std::nullopt;
  else if constexpr (From == Type::kBool)
    return from_number<To>(std::int64_t{value ? 1 : 0});
  else if constexpr (From == Type::kInt)
    return from_number<To>(std::int64_t{value});
  else if constexpr (is_number(From))
    return from_number<To>(value);
  else if constexpr (To == Type::kDatetime || To == Type::kTimespan)
    return std::nullopt;  // datetime and timespan do not mix
  else
    return from_number<To>(value.ticks);
}

void append_json(std::string& out, bool value) { append_text(out, value); }
void append_json(std::string& out, std::int32_t value) { append_text(out, value); }
void append_json(std::string& out, std::int64_t value) { append_text(out, value); }
void append_json(std::string& out, std::string_view value) { append_json_string(out, value); }
void append_json(std::string& out, const DynamicView& value) { out += value.json(); }
void append_json(std::string& out, double value) {
  if (std::isfinite(value))
    append_text(out, value);
  else {
    std::string name;
    append_text(name, value);
    append_json_string(out, name);
  }
}
template <class T>
void append_json(std::string& out, const T& value) {  // decimal, datetime, timespan, guid: as text
  std::string content;
  append_text(content, value);
  append_json_string(out, content);
}

template <Type From, Type To>
void cast_cells(const Column& column, std::size_t rows, ColumnBuilder<To>& out) {
  const Cells<From> cells(column);
  [[maybe_unused]] std::string scratch;
  for (std::size_t i = 0; i < rows; ++i) {
    if (cells.is_null(i)) {
      out.append_null();
      continue;
    }
    const Native<From> value = native<From>(cells[i]);
    if constexpr (To == Type::kString || To == Type::kDynamic) {
      scratch.clear();
      if constexpr (To == Type::kString)
        append_text(scratch, value);
      else
        append_json(scratch, value);
      out.append_copy(scratch);
    } else {
      const std::optional<Native<To>> result = convert<To, From>(value);
      if (!result)
        out.append_null();
      else if constexpr (To == Type::kBool)
        out.append(*result ? 1 : 0);
      else
        out.append(*result);
    }
  }
}

}  // namespace

Column cast_column(const Column& column, Type target) {
  if (column.type() == target) return column;
  const bool constant = column.form() == Column::Form::kConstant && column.rows() > 0;
  const std::size_t rows = constant ? 1 : column.rows();
  Column result = dispatch(target, [&]<Type To>() {
    ColumnBuilder<To> out(rows);
    dispatch(column.type(), [&]<Type From>() { cast_cells<From, To>(column, rows, out); });
    return out.finish();
  });
  return constant ? Column::constant(result, column.rows()) : result;
}

std::optional<bool> read_bool(std::string_view text) {
  text = text::trim_ascii(text);
  if (text::iequals_ascii(text, "true")) return true;
  if (text::iequals_ascii(text, "false")) return false;
  const auto number = text::parse_int64(text);
  return number ? std::optional<bool>(*number != 0) : std::nullopt;
}

std::optional<std::int64_t> read_long(std::string_view text) {
  text = text::trim_ascii(text);
  if (const auto value = text::parse_int64(text)) return value;
  if (text.size() > 1 && text[0] == '+' && text::is_ascii_digit(text[1]))
    return text::parse_int64(text.substr(1));
  if (text.size() < 3 || text[0] != '0' || text::ascii_lower(text[1]) != 'x') return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<double> read_real(std::string_view text) {
  text = text::trim_ascii(text);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return text::parse_double(text);
}

std::optional<Decimal> read_decimal(std::string_view text) {
  return parse_decimal(text::trim_ascii(text));
}

void append_text(std::string& out, bool value) { out += value ? "true" : "false"; }
void append_text(std::string& out, std::int32_t value) { text::append_int(out, value); }
void append_text(std::string& out, std::int64_t value) { text::append_int(out, value); }
void append_text(std::string& out, double value) { text::append_real(out, value); }
void append_text(std::string& out, const Decimal& value) { append_decimal(out, value); }
void append_text(std::string& out, std::string_view value) { out += value; }
void append_text(std::string& out, Datetime value) { append_datetime(out, value); }
void append_text(std::string& out, Timespan value) { append_timespan(out, value); }
void append_text(std::string& out, const Guid& value) { append_guid(out, value); }
void append_text(std::string& out, const DynamicView& value) { append_dynamic_as_text(out, value); }

void append_cell_text(std::string& out, const Column& column, std::size_t row) {
  dispatch(column.type(), [&]<Type T>() {
    const Cells<T> cells(column);
    if (!cells.is_null(row)) append_text(out, native<T>(cells[row]));
  });
}

}  // namespace quarry::kql::functions
