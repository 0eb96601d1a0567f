#include "common/kql/exec/row_table.h"

#include "common/value/builder.h"
#include "common/value/compare.h"
#include "common/value/hash.h"

#include <algorithm>
#include <cstring>

namespace quarry::exec {
namespace {

constexpr std::size_t kHashOffset = 0;
constexpr std::size_t kOrderOffset = 8;
constexpr std::size_t kNullsOffset = 16;
constexpr std::size_t kFirstSlots = 1024;

template <class T>
T load(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <class T>
void save(std::byte* at, const T& value) {
  std::memcpy(at, &value, sizeof value);
}

std::size_t padded(std::size_t bytes) { return (bytes + 7) & ~std::size_t{7}; }

/// One bit a key, in as many words as it takes.
bool is_null_key(const std::byte* row, std::size_t key) {
  return ((load<std::uint64_t>(row + kNullsOffset + key / 64 * 8) >> (key % 64)) & 1) != 0;
}

void set_null_key(std::byte* row, std::size_t key) {
  std::byte* const word = row + kNullsOffset + key / 64 * 8;
  save(word, load<std::uint64_t>(word) | std::uint64_t{1} << (key % 64));
}

template <class T>
bool same_cell(const T& a, const T& b) {
  if constexpr (std::same_as<T, StringCell>)
    return a == b;
  else
    return compare_cells(a, b) == 0;
}

}  // namespace

RowTable::RowTable(std::vector<Type> key_types, std::size_t state_bytes)
    : types_(std::move(key_types)), slots_(kFirstSlots, nullptr) {
  std::size_t offset = kNullsOffset + sizeof(std::uint64_t) * ((types_.size() + 63) / 64);
  for (const Type type : types_) {
    offsets_.push_back(offset);
    offset += padded(cell_size(type));
    equal_may_differ_ = equal_may_differ_ || type == Type::kReal || type == Type::kDecimal ||
                        type == Type::kDynamic;
  }
  state_offset_ = offset;
  row_bytes_ = offset + padded(state_bytes);
}

kql::RowOrder RowTable::order(const std::byte* row) {
  return load<kql::RowOrder>(row + kOrderOffset);
}

std::vector<std::byte*> RowTable::rows_in_order() const {
  std::vector<std::byte*> rows = rows_;
  std::sort(rows.begin(), rows.end(),
            [](const std::byte* a, const std::byte* b) { return order(a) < order(b); });
  return rows;
}

std::uint64_t RowTable::hash(const std::byte* row) {
  return load<std::uint64_t>(row + kHashOffset);
}

std::size_t RowTable::memory() const {
  return chunks_.size() * chunk_rows_ * row_bytes_ + slots_.size() * sizeof(std::byte*) * 2 +
         text_.memory();
}

std::byte* RowTable::add_row(std::uint64_t hash, kql::RowOrder order) {
  if (chunks_.empty() || chunk_used_ == chunk_rows_) {
    chunk_rows_ = std::max<std::size_t>(16, (std::size_t{64} << 10) / row_bytes_);
    chunks_.push_back(std::make_unique<std::byte[]>(chunk_rows_ * row_bytes_));
    chunk_used_ = 0;
  }
  std::byte* const row = chunks_.back().get() + chunk_used_++ * row_bytes_;
  save(row + kHashOffset, hash);
  save(row + kOrderOffset, order);
  rows_.push_back(row);
  return row;
}

void RowTable::grow() {
  slots_.assign(slots_.size() * 2, nullptr);
  for (std::byte* row : rows_) {
    std::size_t at = probe(load<std::uint64_t>(row));
    while (slots_[at] != nullptr) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = row;
  }
}

bool RowTable::equal(const std::byte* row, std::span<const Column> keys, std::size_t index) const {
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const bool same = dispatch(types_[k], [&]<Type T>() {
      const Cells<T> cells(keys[k]);
      const bool null = cells.is_null(index);
      if (null != is_null_key(row, k)) return false;
      return null || same_cell(cells[index], *reinterpret_cast<const Cell<T>*>(row + offsets_[k]));
    });
    if (!same) return false;
  }
  return true;
}

void RowTable::store(std::byte* row, std::span<const Column> keys, std::size_t index) {
  std::memset(row + kNullsOffset, 0, offsets_.empty() ? 0 : offsets_.front() - kNullsOffset);
  for (std::size_t k = 0; k < keys.size(); ++k) {
    dispatch(types_[k], [&]<Type T>() {
      const Cells<T> cells(keys[k]);
      if (cells.is_null(index)) {
        set_null_key(row, k);
      } else if constexpr (T == Type::kString) {
        const StringCell& cell = cells[index];
        save(row + offsets_[k], cell.is_inline() ? cell : StringCell(text_.copy(cell.view())));
      } else if constexpr (T == Type::kDynamic) {
        const StringCell& cell = cells[index].json;
        save(row + offsets_[k],
             DynamicCell{cell.is_inline() ? cell : StringCell(text_.copy(cell.view()))});
      } else {
        save(row + offsets_[k], cells[index]);
      }
    });
  }
}

void RowTable::find_or_add(std::span<const Column> keys, std::size_t count, kql::RowOrder first,
                           std::vector<std::byte*>& rows, std::vector<std::byte*>& added) {
  find_or_add_rows(
      keys, count, [first](std::size_t i) { return first + i; }, rows, added);
}

void RowTable::find_or_add(std::span<const Column> keys, std::span<const std::int64_t> orders,
                           std::vector<std::byte*>& rows, std::vector<std::byte*>& added) {
  find_or_add_rows(
      keys, orders.size(), [&](std::size_t i) { return static_cast<kql::RowOrder>(orders[i]); },
      rows, added);
}

template <class OrderOf>
void RowTable::find_or_add_rows(std::span<const Column> keys, std::size_t count,
                                const OrderOf& order_of, std::vector<std::byte*>& rows,
                                std::vector<std::byte*>& added) {
  rows.resize(count);
  added.clear();
  hashes_.assign(count, 0);
  std::vector<const Column*> columns;
  for (const Column& key : keys) columns.push_back(&key);
  hash_rows(columns, count, hashes_);
  // One text key is the common case (by FileName): its cells are compared without a switch a row.
  const bool one_text = keys.size() == 1 && types_[0] == Type::kString;
  const std::optional<Cells<Type::kString>> text =
      one_text ? std::optional<Cells<Type::kString>>(keys[0]) : std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t hash = hashes_[i];
    std::size_t at = probe(hash);
    std::byte* row = nullptr;
    while ((row = slots_[at]) != nullptr) {
      if (load<std::uint64_t>(row) == hash &&
          (one_text ? (*text)[i] == *reinterpret_cast<const StringCell*>(row + offsets_[0])
                    : equal(row, keys, i))) {
        break;
      }
      at = (at + 1) & (slots_.size() - 1);
    }
    if (row == nullptr) {
      row = add_row(hash, order_of(i));
      store(row, keys, i);
      slots_[at] = row;
      added.push_back(row);
      if (rows_.size() * 2 > slots_.size()) grow();
    } else if (order_of(i) < order(row)) {
      save(row + kOrderOffset, order_of(i));
      if (equal_may_differ_) store(row, keys, i);
    }
    rows[i] = row;
  }
}

void RowTable::copy_keys(std::byte* row, const std::byte* from) {
  std::memcpy(row + kNullsOffset, from + kNullsOffset, state_offset_ - kNullsOffset);
  for (std::size_t k = 0; k < types_.size(); ++k) {
    if (types_[k] != Type::kString && types_[k] != Type::kDynamic) continue;
    const StringCell& cell = *reinterpret_cast<const StringCell*>(row + offsets_[k]);
    if (!is_null_key(row, k) && !cell.is_inline())
      save(row + offsets_[k], StringCell(text_.copy(cell.view())));
  }
}

std::byte* RowTable::find_or_add(const std::byte* from, bool& is_new) {
  const auto hash = load<std::uint64_t>(from);
  std::size_t at = probe(hash);
  while (std::byte* row = slots_[at]) {
    bool same = load<std::uint64_t>(row) == hash;
    for (std::size_t k = 0; same && k < types_.size(); ++k) {
      const bool null = is_null_key(from, k);
      same = null == is_null_key(row, k);
      if (!same || null) continue;
      same = dispatch(types_[k], [&]<Type T>() {
        return same_cell(*reinterpret_cast<const Cell<T>*>(row + offsets_[k]),
                         *reinterpret_cast<const Cell<T>*>(from + offsets_[k]));
      });
    }
    if (same) {
      is_new = false;
      if (order(from) < order(row)) {
        save(row + kOrderOffset, order(from));
        if (equal_may_differ_) copy_keys(row, from);
      }
      return row;
    }
    at = (at + 1) & (slots_.size() - 1);
  }
  is_new = true;
  std::byte* const row = add_row(hash, order(from));
  copy_keys(row, from);
  slots_[at] = row;
  if (rows_.size() * 2 > slots_.size()) grow();
  return row;
}

Column RowTable::key_column(std::size_t index, std::span<std::byte* const> rows) const {
  return dispatch(types_[index], [&]<Type T>() {
    ColumnBuilder<T> out(rows.size());
    for (const std::byte* row : rows) {
      const auto& cell = *reinterpret_cast<const Cell<T>*>(row + offsets_[index]);
      if (is_null_key(row, index))
        out.append_null();
      else if constexpr (T == Type::kString)
        out.append_copy(cell.view());
      else if constexpr (T == Type::kDynamic)
        out.append_copy(cell.json.view());
      else
        out.append(cell);
    }
    return out.finish();
  });
}

}  // namespace quarry::exec
