#include "common/value/column.h"

#include "common/value/builder.h"
#include "common/value/column_copy.h"

#include <algorithm>
#include <utility>

namespace quarry {
namespace {

/// Bits [first, first + count) moved to the front, for slices that do not begin at a word; null
/// pointer where none of them is 0.
std::shared_ptr<const std::uint64_t[]> slice_validity(const Column& column, std::size_t first,
                                                      std::size_t count) {
  const std::uint64_t* const bits = column.validity();
  auto shifted = std::make_shared<std::vector<std::uint64_t>>((count + 63) / 64, ~std::uint64_t{0});
  bool has_null = false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = first + i;
    if (((bits[at >> 6] >> (at & 63)) & 1) != 0) continue;
    has_null = true;
    (*shifted)[i >> 6] &= ~(std::uint64_t{1} << (i & 63));
  }
  if (!has_null) return nullptr;
  return {shifted, shifted->data()};
}

}  // namespace

IndexBuffer compose(const IndexBuffer& base, const IndexBuffer& rows) {
  auto composed = std::make_shared<std::vector<std::uint32_t>>(rows->size());
  const std::uint32_t* const from = base->data();
  std::transform(rows->begin(), rows->end(), composed->begin(),
                 [from](std::uint32_t row) { return from[row]; });
  return composed;
}

Column::Column(Type type, std::size_t rows, std::shared_ptr<const void> values,
               std::shared_ptr<const std::uint64_t[]> validity, std::vector<KeepAlive> keep)
    : type_(type),
      rows_(rows),
      value_count_(rows),
      values_(std::move(values)),
      validity_(std::move(validity)),
      keep_(std::move(keep)) {}

Column Column::all_null(Type type, std::size_t rows) {
  return dispatch(type, [&]<Type T>() {
    ColumnBuilder<T> builder(1);
    builder.append_null();
    return constant(builder.finish(), rows);
  });
}

Column Column::constant(const Column& cell, std::size_t rows) {
  QUARRY_ASSERT(cell.rows() == 1, "a constant is made from a column of one row");
  Column result = cell.form_ == Form::kIndexed ? cell.flattened() : cell;
  result.form_ = Form::kConstant;
  result.rows_ = rows;
  result.value_count_ = 1;
  return result;
}

Column Column::select(const Column& base, const IndexBuffer& rows) {
  return with_index(base, base.form_ == Form::kIndexed ? compose(base.index_, rows) : rows);
}

Column Column::with_index(const Column& base, IndexBuffer index) {
  Column result = base;
  result.rows_ = index->size();
  if (base.form_ == Form::kConstant) return result;
  result.form_ = Form::kIndexed;
  result.index_ = std::move(index);
  return result;
}

Column Column::slice(std::size_t first, std::size_t count) const {
  QUARRY_ASSERT(first <= rows_ && count <= rows_ - first, "a slice lies inside its column");
  if (count == rows_) return *this;
  if (form_ == Form::kIndexed) {
    const auto begin = index_->begin() + static_cast<std::ptrdiff_t>(first);
    return with_index(*this, std::make_shared<const std::vector<std::uint32_t>>(
                                 begin, begin + static_cast<std::ptrdiff_t>(count)));
  }
  Column result = *this;
  result.rows_ = count;
  if (form_ == Form::kConstant) return result;
  result.value_count_ = count;
  const auto* const bytes = static_cast<const std::byte*>(values_.get());
  result.values_ = std::shared_ptr<const void>(values_, bytes + first * cell_size(type_));
  if (validity_ == nullptr) return result;
  if (first % 64 == 0)
    result.validity_ =
        std::shared_ptr<const std::uint64_t[]>(validity_, validity_.get() + first / 64);
  else
    result.validity_ = slice_validity(*this, first, count);
  return result;
}

Column Column::flattened() const {
  if (form_ == Form::kFlat) return *this;
  ValidityCopy validity(rows_);
  validity.add(*this, 0);
  return dispatch(type_, [&]<Type T>() {
    const auto cells = allocate_cells<T>(rows_);
    copy_cells<T>(*this, cells.get());
    return Column(type_, rows_, cells, validity.finish(), keep_);
  });
}

Column Column::owned() const {
  const std::size_t text = text_bytes_to_copy(*this);
  if (text == 0) {  // also: no text at all, or only short ones, which need nobody to keep them
    Column result = flattened();
    result.keep_.clear();
    return result;
  }
  ValidityCopy validity(rows_);
  validity.add(*this, 0);
  auto arena = std::make_shared<Arena>(text);
  return dispatch(type_, [&]<Type T>() {
    const auto cells = allocate_cells<T>(rows_);
    copy_owned<T>(*this, cells.get(), *arena);
    return Column(type_, rows_, cells, validity.finish(), {std::move(arena)});
  });
}

std::size_t Column::memory() const {
  std::size_t bytes = value_count_ * cell_size(type_);
  if (validity_ != nullptr) bytes += (value_count_ + 63) / 64 * sizeof(std::uint64_t);
  if (index_ != nullptr) bytes += index_->size() * sizeof(std::uint32_t);
  Column values = *this;  // the texts of the dictionary, however often its rows name them
  values.form_ = Form::kFlat;
  values.rows_ = value_count_;
  values.index_ = nullptr;
  return bytes + text_bytes_to_copy(values);
}

}  // namespace quarry
