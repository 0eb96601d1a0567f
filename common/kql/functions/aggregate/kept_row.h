// One row of arguments kept by a group: cells and their long texts in a single heap block, copied
// only when a better row comes.
#pragma once

#include "common/kql/kernel/state_bytes.h"
#include "common/value/column.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quarry::kql::functions {

/// Does not know its types: they come with the columns it is filled from and the builders it is
/// read into. Like a unique_ptr, it frees nothing by itself: states are plain bytes, so their
/// destroy() calls release().
class KeptRow {
 public:
  bool empty() const { return block_ == nullptr; }
  /// Replaces the content by row `row` of the columns.
  void assign(std::span<const Column> columns, std::size_t row);
  void swap(KeptRow& other) noexcept { std::swap(block_, other.block_); }
  void release();
  void save(StateWriter& out) const;
  /// Into an empty row.
  void load(StateReader& in);

  bool is_null(std::size_t column) const;
  /// The cell's bytes, aligned for any cell type. Texts in it point into the block.
  const std::byte* cell(std::size_t column) const;

 private:
  struct Header;
  std::byte* block_ = nullptr;
};

/// The column that holds cell `column` of every row; an empty row gives null.
Column column_of_rows(Type type, std::span<const KeptRow* const> rows, std::size_t column);

}  // namespace quarry::kql::functions
