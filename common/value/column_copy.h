// Copies cells of columns of any form into flat memory of our own: what flattened(), owned() and
// concatenate() share. The form is looked at once a column. Where a dictionary is no longer than
// the rows, its texts are copied once, not once a row.
#pragma once

#include "common/base/arena.h"
#include "common/value/column.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

namespace quarry {

/// Bytes of text outside the cells that copy_owned() takes from its arena for this column.
std::size_t text_bytes_to_copy(const Column& column);

/// Writes all cells of the column, starting at `out`; texts still point where they pointed.
template <Type T>
void copy_cells(const Column& column, Cell<T>* out) {
  const auto* const values = static_cast<const Cell<T>*>(column.values());
  const std::size_t rows = column.rows();
  switch (column.form()) {
    case Column::Form::kFlat:
      std::copy_n(values, rows, out);
      break;
    case Column::Form::kConstant:
      if (rows != 0) std::fill_n(out, rows, values[0]);
      break;
    case Column::Form::kIndexed: {
      const std::uint32_t* const index = column.index()->data();
      for (std::size_t i = 0; i < rows; ++i) out[i] = values[index[i]];
      break;
    }
  }
}

/// As copy_cells, with long texts copied into the arena.
template <Type T>
void copy_owned(const Column& column, Cell<T>* out, Arena& arena);

/// Collects validity bits of columns one after the other. Costs nothing until the first column that
/// may have nulls.
class ValidityCopy {
 public:
  explicit ValidityCopy(std::size_t rows) : rows_(rows) {}
  /// The next column's rows, from row `first` of the result on.
  void add(const Column& column, std::size_t first);
  /// Null pointer where no row is null.
  std::shared_ptr<const std::uint64_t[]> finish();

 private:
  std::size_t rows_;
  bool has_null_ = false;
  std::vector<std::uint64_t> bits_;
};

/// Values for a flat column of so many rows. Nothing is written to them yet: every cell type may
/// begin its life by being assigned to.
template <Type T>
std::shared_ptr<Cell<T>> allocate_cells(std::size_t rows) {
  static_assert(std::is_trivially_copyable_v<Cell<T>> &&
                alignof(Cell<T>) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  std::shared_ptr<std::byte[]> bytes(new std::byte[rows * sizeof(Cell<T>)]);
  return {bytes, reinterpret_cast<Cell<T>*>(bytes.get())};
}

}  // namespace quarry
