// Cells of any type as JSON, the way Kusto puts them into dynamic values: numbers and bool as such,
// texts quoted, and what JSON has no form for (datetime, timespan, guid, decimal) as the text that
// tostring() gives.
#pragma once

#include "common/kql/functions/convert/cast.h"
#include "common/value/column.h"
#include "common/value/dynamic.h"

#include <cmath>
#include <string>

namespace quarry::kql::functions {

/// Appends one value; the caller has dealt with null.
template <Type T>
void append_json_cell(std::string& out, const Cell<T>& cell) {
  if constexpr (T == Type::kBool) {
    out += cell != 0 ? "true" : "false";
  } else if constexpr (T == Type::kInt || T == Type::kLong) {
    append_text(out, cell);
  } else if constexpr (T == Type::kString) {
    append_json_string(out, cell.view());
  } else if constexpr (T == Type::kDynamic) {
    append_compact_json(out, cell.json.view());
  } else if constexpr (T == Type::kReal) {
    if (std::isfinite(cell)) {
      append_text(out, cell);
    } else {
      out += '"';
      append_text(out, cell);
      out += '"';
    }
  } else {
    out += '"';
    append_text(out, cell);
    out += '"';
  }
}

/// As above for any column; "null" where the cell is null.
inline void append_json_cell(std::string& out, const Column& column, std::size_t row) {
  if (NullCheck(column).is_null(row)) {
    out += "null";
    return;
  }
  dispatch(column.type(), [&]<Type T>() { append_json_cell<T>(out, Cells<T>(column)[row]); });
}

}  // namespace quarry::kql::functions
