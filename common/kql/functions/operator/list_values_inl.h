// Body of any_text_of(); list_values.h includes it at its end.
#pragma once

#include "common/kql/functions/convert/cast.h"

namespace quarry::kql::functions {

template <class F>
bool any_text_of(const Column& column, std::size_t row, F&& f) {
  if (NullCheck(column).is_null(row)) return false;
  std::string text;
  if (column.type() == Type::kDynamic) {
    const Cells<Type::kDynamic> cells(column);
    const DynamicView value(cells[row].json.view());
    if (value.kind() == DynamicKind::kArray) {
      ArrayCursor cursor(value);
      DynamicView element;
      while (cursor.next(element)) {
        text.clear();
        append_dynamic_as_text(text, element);
        if (f(std::string_view(text))) return true;
      }
      return false;
    }
  }
  append_cell_text(text, column, row);
  return f(std::string_view(text));
}

}  // namespace quarry::kql::functions
