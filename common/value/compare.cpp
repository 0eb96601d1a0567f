#include "common/value/compare.h"

namespace quarry {

int compare_rows(const Column& a, std::size_t row_a, const Column& b, std::size_t row_b) {
  return dispatch(a.type(), [&]<Type T>() {
    const Cells<T> left(a), right(b);
    const bool left_null = left.is_null(row_a), right_null = right.is_null(row_b);
    if (left_null || right_null) return (right_null ? 1 : 0) - (left_null ? 1 : 0);
    return compare_cells(left[row_a], right[row_b]);
  });
}

}  // namespace quarry
