#include "common/kql/functions/aggregate/kept_row.h"

#include "common/value/builder.h"

#include <cstring>
#include <new>

namespace quarry::kql::functions {
namespace {

constexpr std::size_t kSlot = 16;  // the largest cell

/// Bytes of text outside the cell.
std::size_t text_size(const StringCell& text) { return text.is_inline() ? 0 : text.size(); }
std::size_t text_size(const Column& column, std::size_t row) {
  if (column.type() == Type::kString) return text_size(Cells<Type::kString>(column)[row]);
  if (column.type() == Type::kDynamic) return text_size(Cells<Type::kDynamic>(column)[row].json);
  return 0;
}

/// Copies a long text to `end`, which moves behind it.
StringCell moved_to(const StringCell& text, char*& end) {
  if (text.is_inline()) return text;
  char* const begin = end;
  std::memcpy(begin, text.view().data(), text.size());
  end += text.size();
  return StringCell(std::string_view(begin, text.size()));
}

}  // namespace

// Layout of the block: header, one flag byte a column (padded to 16), one slot a column, texts.
struct KeptRow::Header {
  std::size_t capacity;
  std::size_t columns;
  static std::size_t flags(std::size_t columns) { return (columns + kSlot - 1) / kSlot * kSlot; }
};

void KeptRow::assign(std::span<const Column> columns, std::size_t row) {
  static_assert(sizeof(Header) == kSlot);
  const std::size_t slots = sizeof(Header) + Header::flags(columns.size());
  std::size_t needed = slots + columns.size() * kSlot;
  const std::size_t texts = needed;
  for (const Column& column : columns) needed += text_size(column, row);
  if (block_ == nullptr || reinterpret_cast<Header*>(block_)->capacity < needed) {
    release();
    const std::size_t capacity =
        needed + (needed - texts) / 4;  // texts of one column are of similar length
    block_ = static_cast<std::byte*>(::operator new(capacity));
    new (block_) Header{capacity, columns.size()};
  }
  char* text_end = reinterpret_cast<char*>(block_ + texts);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    const bool null = NullCheck(column).is_null(row);
    block_[sizeof(Header) + i] = std::byte{null};
    std::byte* const slot = block_ + slots + i * kSlot;
    dispatch(column.type(), [&]<Type T>() {
      Cell<T> cell = null ? Cell<T>{} : Cells<T>(column)[row];
      if constexpr (T == Type::kString) cell = moved_to(cell, text_end);
      if constexpr (T == Type::kDynamic) cell.json = moved_to(cell.json, text_end);
      std::memcpy(slot, &cell, sizeof cell);
    });
  }
}

void KeptRow::release() {
  ::operator delete(block_);
  block_ = nullptr;
}

bool KeptRow::is_null(std::size_t column) const {
  return block_[sizeof(Header) + column] != std::byte{0};
}

const std::byte* KeptRow::cell(std::size_t column) const {
  const std::size_t columns = reinterpret_cast<const Header*>(block_)->columns;
  return block_ + sizeof(Header) + Header::flags(columns) + column * kSlot;
}

Column column_of_rows(Type type, std::span<const KeptRow* const> rows, std::size_t column) {
  return dispatch(type, [&]<Type T>() {
    ColumnBuilder<T> out(rows.size());
    for (const KeptRow* row : rows) {
      if (row->empty() || row->is_null(column)) {
        out.append_null();
        continue;
      }
      const Cell<T>& cell = *reinterpret_cast<const Cell<T>*>(row->cell(column));
      if constexpr (T == Type::kString)
        out.append_copy(cell.view());
      else if constexpr (T == Type::kDynamic)
        out.append_copy(cell.json.view());
      else
        out.append(cell);
    }
    return out.finish();
  });
}

}  // namespace quarry::kql::functions
