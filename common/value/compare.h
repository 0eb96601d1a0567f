// Order of cells of one type: what sort, min, max, < and join agree on.
#pragma once

#include "common/value/column.h"
#include "common/value/dynamic.h"

#include <cmath>
#include <string_view>

namespace quarry {

template <class T>
int compare_cells(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}
/// NaN sorts below every number and equals itself (for sorting; the operators < > = follow IEEE).
inline int compare_cells(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return (std::isnan(b) ? 1 : 0) - (std::isnan(a) ? 1 : 0);
  return a < b ? -1 : (b < a ? 1 : 0);
}
inline int compare_cells(const StringCell& a, const StringCell& b) { return compare(a, b); }
inline int compare_cells(const Decimal& a, const Decimal& b) { return compare(a, b); }
inline int compare_cells(const DynamicCell& a, const DynamicCell& b) {
  return compare_dynamic(a.json.view(), b.json.view());
}

/// Compares two cells of columns of equal type; nulls are equal to each other and below every
/// value.
int compare_rows(const Column& a, std::size_t row_a, const Column& b, std::size_t row_b);

}  // namespace quarry
