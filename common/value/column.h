// A column of a batch: contiguous typed cells with a validity bitmap, in one of three forms that
// all kernels reach through one accessor (Cells<T>). Columns are immutable once built and cheap to
// copy: they share their buffers by counted references.
//
//   flat      cell i is values[i]
//   constant  every cell is values[0]
//   indexed   cell i is values[index[i]]: a selection (a filter copies nothing) or a dictionary
//
// A string column never holds nulls: KQL has no null string, a missing one is "".
#pragma once

#include "common/base/assert.h"
#include "common/value/type.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace quarry {

/// Something that must stay alive while cells point into it: an input block, an arena.
using KeepAlive = std::shared_ptr<const void>;

/// Row numbers into the values of an indexed column. Shared between the columns of a batch that
/// were selected together.
using IndexBuffer = std::shared_ptr<const std::vector<std::uint32_t>>;

/// base[rows[i]] for every i: the index of rows of an indexed column.
IndexBuffer compose(const IndexBuffer& base, const IndexBuffer& rows);

class Column {
 public:
  enum class Form : std::uint8_t { kFlat, kConstant, kIndexed };

  Column() = default;
  /// `values` holds the cells, `validity` one bit a cell (1 = there is a value; null pointer: none
  /// is null).
  Column(Type type, std::size_t rows, std::shared_ptr<const void> values,
         std::shared_ptr<const std::uint64_t[]> validity, std::vector<KeepAlive> keep = {});

  /// All null; for strings, all "".
  static Column all_null(Type type, std::size_t rows);
  /// One cell for all rows; `cell` as a column of one row.
  static Column constant(const Column& cell, std::size_t rows);
  /// Rows of `base` by number. A flat base becomes indexed; an indexed base is composed, a constant
  /// stays constant.
  static Column select(const Column& base, const IndexBuffer& rows);
  /// The rows of `base` that `index` names among its values: a select() whose index the caller
  /// composed (a constant stays constant).
  static Column with_index(const Column& base, IndexBuffer index);

  Type type() const { return type_; }
  std::size_t rows() const { return rows_; }
  Form form() const { return form_; }
  bool may_have_nulls() const { return validity_ != nullptr; }
  const std::vector<KeepAlive>& keep() const { return keep_; }
  const IndexBuffer& index() const { return index_; }
  /// Cells that the values buffer holds (for an indexed column: of the dictionary).
  std::size_t value_count() const { return value_count_; }

  /// Rows [first, first + count) as a column.
  Column slice(std::size_t first, std::size_t count) const;
  /// The same rows as a flat column (copies cells where it was not flat; long strings still point
  /// into the same memory).
  Column flattened() const;
  /// As flattened(), with every long string copied into one arena, so that nothing else is kept
  /// alive.
  Column owned() const;
  /// Estimated bytes of its buffers, for memory budgets.
  std::size_t memory() const;

  const void* values() const { return values_.get(); }
  const std::uint64_t* validity() const { return validity_.get(); }

 private:
  Type type_ = Type::kUnknown;
  Form form_ = Form::kFlat;
  std::size_t rows_ = 0;
  std::size_t value_count_ = 0;
  std::shared_ptr<const void> values_;
  std::shared_ptr<const std::uint64_t[]> validity_;
  IndexBuffer index_;
  std::vector<KeepAlive> keep_;
};

/// Reads the cells of a column of any form. Valid while the column lives.
template <Type T>
class Cells {
 public:
  explicit Cells(const Column& column)
      : values_(static_cast<const Cell<T>*>(column.values())),
        validity_(column.validity()),
        index_(column.form() == Column::Form::kIndexed ? column.index()->data() : nullptr),
        mask_(column.form() == Column::Form::kConstant ? 0 : ~std::size_t{0}) {
    QUARRY_ASSERT(column.type() == T, "a column is read as its own type");
  }

  std::size_t position(std::size_t row) const {
    return index_ != nullptr ? index_[row] : (row & mask_);
  }
  bool is_null(std::size_t row) const {
    if (validity_ == nullptr) return false;
    const std::size_t at = position(row);
    return ((validity_[at >> 6] >> (at & 63)) & 1) == 0;
  }
  /// Meaningless (but readable) where is_null. A reference: StringCell views may point into it.
  const Cell<T>& operator[](std::size_t row) const { return values_[position(row)]; }
  bool has_nulls() const { return validity_ != nullptr; }
  bool is_flat() const { return index_ == nullptr && mask_ != 0; }
  const Cell<T>* data() const { return values_; }

 private:
  const Cell<T>* values_;
  const std::uint64_t* validity_;
  const std::uint32_t* index_;
  std::size_t mask_;
};

/// Null test of a column of any type.
class NullCheck {
 public:
  explicit NullCheck(const Column& column)
      : validity_(column.validity()),
        index_(column.form() == Column::Form::kIndexed ? column.index()->data() : nullptr),
        mask_(column.form() == Column::Form::kConstant ? 0 : ~std::size_t{0}) {}
  bool is_null(std::size_t row) const {
    if (validity_ == nullptr) return false;
    const std::size_t at = index_ != nullptr ? index_[row] : (row & mask_);
    return ((validity_[at >> 6] >> (at & 63)) & 1) == 0;
  }

 private:
  const std::uint64_t* validity_;
  const std::uint32_t* index_;
  std::size_t mask_;
};

}  // namespace quarry
