// Open-addressing table of groups: each distinct key has one row of fixed width that holds the key
// cells and room for states.
//
//   row = [hash][order][null bits][key cell 0][key cell 1]…[states]        all parts aligned to 8
//   bytes
//
// Rows never move, so callers keep pointers to them. Key text longer than a cell is copied into the
// table's arena.
#pragma once

#include "common/base/arena.h"
#include "common/kql/kernel/aggregate.h"
#include "common/value/column.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace quarry::exec {

/// Not thread-safe.
class RowTable {
 public:
  RowTable(std::vector<Type> key_types, std::size_t state_bytes);

  /// rows[i] = the table row of the batch's row i, made when its key is new (states zeroed; `added`
  /// gets the new rows in order). A row's order becomes the smallest `first + i` that met it, and
  /// of keys that are equal but look different (1.0 and 1.00) it keeps the one met there.
  void find_or_add(std::span<const Column> keys, std::size_t count, kql::RowOrder first,
                   std::vector<std::byte*>& rows, std::vector<std::byte*>& added);
  /// The same where row i has the order orders[i].
  void find_or_add(std::span<const Column> keys, std::span<const std::int64_t> orders,
                   std::vector<std::byte*>& rows, std::vector<std::byte*>& added);
  /// The same for a row of another table with the same keys. `is_new` tells whether it was added.
  std::byte* find_or_add(const std::byte* row, bool& is_new);

  std::byte* state(std::byte* row) const { return row + state_offset_; }
  static kql::RowOrder order(const std::byte* row);
  static std::uint64_t hash(const std::byte* row);
  /// All rows in order of insertion.
  const std::vector<std::byte*>& rows() const { return rows_; }
  /// All rows by their order.
  std::vector<std::byte*> rows_in_order() const;
  std::size_t memory() const;

  /// Column of key `index` for the given rows; text is copied.
  Column key_column(std::size_t index, std::span<std::byte* const> rows) const;

 private:
  template <class OrderOf>
  void find_or_add_rows(std::span<const Column> keys, std::size_t count, const OrderOf& order_of,
                        std::vector<std::byte*>& rows, std::vector<std::byte*>& added);
  void copy_keys(std::byte* row, const std::byte* from);
  std::byte* add_row(std::uint64_t hash, kql::RowOrder order);
  void grow();
  std::size_t probe(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash) & (slots_.size() - 1);
  }
  bool equal(const std::byte* row, std::span<const Column> keys, std::size_t index) const;
  void store(std::byte* row, std::span<const Column> keys, std::size_t index);

  std::vector<Type> types_;
  bool equal_may_differ_ = false;     // keys of some type that has several spellings of a value
  std::vector<std::size_t> offsets_;  // of key cells in a row
  std::size_t state_offset_ = 0;
  std::size_t row_bytes_ = 0;
  std::vector<std::byte*> slots_;  // power of two; null where free
  std::vector<std::byte*> rows_;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::size_t chunk_used_ = 0;
  std::size_t chunk_rows_ = 0;
  Arena text_;
  std::vector<std::uint64_t> hashes_;  // scratch
};

}  // namespace quarry::exec
