#include "common/value/column_copy.h"

#include <algorithm>
#include <utility>

namespace quarry {
namespace {

constexpr bool is_text(Type type) { return type == Type::kString || type == Type::kDynamic; }

const StringCell& text_of(const StringCell& cell) { return cell; }
const StringCell& text_of(const DynamicCell& cell) { return cell.json; }

StringCell copied(const StringCell& cell, Arena& arena) {
  return cell.is_inline() ? cell : StringCell(arena.copy(cell.view()));
}
DynamicCell copied(const DynamicCell& cell, Arena& arena) { return {copied(cell.json, arena)}; }

template <class CellType>
std::size_t long_bytes(const CellType& cell) {
  return text_of(cell).is_inline() ? 0 : text_of(cell).size();
}

/// A constant's one text is always copied once, whatever the rows.
bool copies_dictionary(const Column& column) {
  return column.form() == Column::Form::kIndexed && column.value_count() <= column.rows();
}

template <Type T>
std::size_t text_bytes(const Column& column) {
  const auto* const values = static_cast<const Cell<T>*>(column.values());
  if (column.rows() == 0) return 0;
  if (column.form() == Column::Form::kConstant) return long_bytes(values[0]);
  std::size_t total = 0;
  if (column.form() == Column::Form::kFlat || copies_dictionary(column)) {
    for (std::size_t i = 0; i < column.value_count(); ++i) total += long_bytes(values[i]);
  } else {
    for (const std::uint32_t at : *column.index()) total += long_bytes(values[at]);
  }
  return total;
}

template <Type T>
void copy_text_cells(const Column& column, Cell<T>* out, Arena& arena) {
  const std::size_t rows = column.rows();
  const auto* const values = static_cast<const Cell<T>*>(column.values());
  if (rows == 0) return;
  if (column.form() == Column::Form::kConstant) {
    std::fill_n(out, rows, copied(values[0], arena));
    return;
  }
  if (copies_dictionary(column)) {
    std::vector<Cell<T>> dictionary(column.value_count());
    for (std::size_t i = 0; i < dictionary.size(); ++i) dictionary[i] = copied(values[i], arena);
    const std::uint32_t* const index = column.index()->data();
    for (std::size_t i = 0; i < rows; ++i) out[i] = dictionary[index[i]];
    return;
  }
  const Cells<T> cells(column);
  for (std::size_t i = 0; i < rows; ++i) out[i] = copied(cells[i], arena);
}

}  // namespace

std::size_t text_bytes_to_copy(const Column& column) {
  if (column.type() == Type::kString) return text_bytes<Type::kString>(column);
  if (column.type() == Type::kDynamic) return text_bytes<Type::kDynamic>(column);
  return 0;
}

template <Type T>
void copy_owned(const Column& column, Cell<T>* out, Arena& arena) {
  if constexpr (is_text(T))
    copy_text_cells<T>(column, out, arena);
  else
    copy_cells<T>(column, out);
}

template void copy_owned<Type::kBool>(const Column&, Cell<Type::kBool>*, Arena&);
template void copy_owned<Type::kInt>(const Column&, Cell<Type::kInt>*, Arena&);
template void copy_owned<Type::kLong>(const Column&, Cell<Type::kLong>*, Arena&);
template void copy_owned<Type::kReal>(const Column&, Cell<Type::kReal>*, Arena&);
template void copy_owned<Type::kDecimal>(const Column&, Cell<Type::kDecimal>*, Arena&);
template void copy_owned<Type::kString>(const Column&, Cell<Type::kString>*, Arena&);
template void copy_owned<Type::kDatetime>(const Column&, Cell<Type::kDatetime>*, Arena&);
template void copy_owned<Type::kTimespan>(const Column&, Cell<Type::kTimespan>*, Arena&);
template void copy_owned<Type::kGuid>(const Column&, Cell<Type::kGuid>*, Arena&);
template void copy_owned<Type::kDynamic>(const Column&, Cell<Type::kDynamic>*, Arena&);

void ValidityCopy::add(const Column& column, std::size_t first) {
  if (!column.may_have_nulls()) return;
  if (bits_.empty()) bits_.assign((rows_ + 63) / 64, ~std::uint64_t{0});
  const NullCheck nulls(column);
  for (std::size_t i = 0; i < column.rows(); ++i) {
    if (!nulls.is_null(i)) continue;
    has_null_ = true;
    const std::size_t at = first + i;
    bits_[at >> 6] &= ~(std::uint64_t{1} << (at & 63));
  }
}

std::shared_ptr<const std::uint64_t[]> ValidityCopy::finish() {
  if (!has_null_) return nullptr;
  auto owner = std::make_shared<std::vector<std::uint64_t>>(std::move(bits_));
  return {owner, owner->data()};
}

}  // namespace quarry
