#include "common/kql/functions/aggregate/kept_row.h"

#include "common/value/builder.h"

#include <array>
#include <cstring>
#include <new>

namespace quarry::kql::functions {
namespace {

constexpr std::size_t kSlot = 16;  // the largest cell
constexpr std::byte kNull{1};
constexpr std::byte kText{2};  // the slot holds a StringCell

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

// Layout of the block: header, one byte of flags a column (padded to 16), one slot a column, texts.
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
    const bool text = column.type() == Type::kString || column.type() == Type::kDynamic;
    block_[sizeof(Header) + i] = (null ? kNull : std::byte{}) | (text ? kText : std::byte{});
    std::byte* const slot = block_ + slots + i * kSlot;
    dispatch(column.type(), [&]<Type T>() {
      Cell<T> cell = null ? Cell<T>{} : Cells<T>(column)[row];
      if constexpr (T == Type::kString) cell = moved_to(cell, text_end);
      if constexpr (T == Type::kDynamic) cell.json = moved_to(cell.json, text_end);
      std::memcpy(slot, &cell, sizeof cell);
    });
  }
}

void KeptRow::save(StateWriter& out) const {
  out.put(!empty());
  if (empty()) return;
  const std::size_t columns = reinterpret_cast<const Header*>(block_)->columns;
  out.put(std::uint64_t{columns});
  for (std::size_t i = 0; i < columns; ++i) {
    const std::byte flags = block_[sizeof(Header) + i];
    out.put(flags);
    if ((flags & kText) != std::byte{})
      out.put_text(*reinterpret_cast<const StringCell*>(cell(i)));
    else
      out.put_bytes(cell(i), kSlot);
  }
}

void KeptRow::load(StateReader& in) {
  if (!in.take<bool>()) return;
  const auto columns = static_cast<std::size_t>(in.take<std::uint64_t>());
  struct Given {
    std::byte flags;
    std::string_view text;
    std::array<std::byte, kSlot> bytes;
  };
  std::vector<Given> given(columns);
  const std::size_t slots = sizeof(Header) + Header::flags(columns);
  std::size_t needed = slots + columns * kSlot;
  const std::size_t texts = needed;
  for (Given& each : given) {
    each.flags = in.take<std::byte>();
    if ((each.flags & kText) != std::byte{})
      each.text = in.take_text();
    else
      in.take_bytes(each.bytes.data(), kSlot);
    needed += each.text.size();
  }
  block_ = static_cast<std::byte*>(::operator new(needed));
  new (block_) Header{needed, columns};
  char* text_end = reinterpret_cast<char*>(block_ + texts);
  for (std::size_t i = 0; i < columns; ++i) {
    block_[sizeof(Header) + i] = given[i].flags;
    std::byte* const slot = block_ + slots + i * kSlot;
    if ((given[i].flags & kText) != std::byte{}) {
      const StringCell text = moved_to(StringCell(given[i].text), text_end);
      std::memcpy(slot, &text, sizeof text);
    } else {
      std::memcpy(slot, given[i].bytes.data(), kSlot);
    }
  }
}

void KeptRow::release() {
  ::operator delete(block_);
  block_ = nullptr;
}

bool KeptRow::is_null(std::size_t column) const {
  return (block_[sizeof(Header) + column] & kNull) != std::byte{};
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
