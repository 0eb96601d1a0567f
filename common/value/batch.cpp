#include "common/value/batch.h"

#include "common/value/column_copy.h"

#include <cstring>
#include <limits>
#include <utility>

namespace quarry {
namespace {

/// The indices that a selection made of those its columns had, so that columns which shared one
/// share the new one too. A batch has few distinct ones (as a rule one): a list is searched faster
/// than a map.
class IndexMemo {
 public:
  template <class Make>
  const IndexBuffer& find_or_make(const IndexBuffer& old, const Make& make) {
    for (const auto& [known, made] : made_) {
      if (known == old.get()) return made;
    }
    return made_.emplace_back(old.get(), make(old)).second;
  }

 private:
  std::vector<std::pair<const std::vector<std::uint32_t>*, IndexBuffer>> made_;
};

/// The same bits, not merely equal in order: -0.0 is not 0.0 here.
template <class CellType>
bool identical(const CellType& a, const CellType& b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}
bool identical(const StringCell& a, const StringCell& b) { return a == b; }
bool identical(const DynamicCell& a, const DynamicCell& b) { return a.json == b.json; }

/// The one column of which all batches hold the same constant; null pointer where they do not.
template <Type T>
const Column* common_constant(std::span<const Batch> batches, std::size_t at) {
  const Column* found = nullptr;
  for (const Batch& batch : batches) {
    if (batch.rows() == 0) continue;
    const Column& column = batch.column(at);
    if (column.form() != Column::Form::kConstant) return nullptr;
    if (found == nullptr) {
      found = &column;
      continue;
    }
    const Cells<T> a(*found), b(column);
    if (a.is_null(0) != b.is_null(0) || (!a.is_null(0) && !identical(a[0], b[0]))) return nullptr;
  }
  return found;
}

template <Type T>
Column concatenate_column(std::span<const Batch> batches, std::size_t at, std::size_t rows) {
  if (const Column* constant = common_constant<T>(batches, at)) {
    return Column::constant(constant->slice(0, 1).owned(), rows);
  }
  std::size_t text = 0;
  for (const Batch& batch : batches) text += text_bytes_to_copy(batch.column(at));
  auto arena = std::make_shared<Arena>(text);
  const auto cells = allocate_cells<T>(rows);
  ValidityCopy validity(rows);
  std::size_t first = 0;
  for (const Batch& batch : batches) {
    copy_owned<T>(batch.column(at), cells.get() + first, *arena);
    validity.add(batch.column(at), first);
    first += batch.rows();
  }
  std::vector<KeepAlive> keep;
  if (text != 0) keep.push_back(std::move(arena));
  return Column(T, rows, cells, validity.finish(), std::move(keep));
}

}  // namespace

Batch Batch::selected(const IndexBuffer& rows) const {
  IndexMemo memo;
  std::vector<Column> columns;
  columns.reserve(columns_.size());
  for (const Column& column : columns_) {
    const bool composed = column.form() == Column::Form::kIndexed;
    columns.push_back(Column::with_index(
        column, composed
                    ? memo.find_or_make(column.index(),
                                        [&](const IndexBuffer& old) { return compose(old, rows); })
                    : rows));
  }
  return Batch(std::move(columns), rows->size());
}

Batch Batch::slice(std::size_t first, std::size_t count) const {
  if (first == 0 && count == rows_) return *this;
  QUARRY_ASSERT(first <= rows_ && count <= rows_ - first, "a slice lies inside its batch");
  IndexMemo memo;
  const auto cut = [&](const IndexBuffer& old) -> IndexBuffer {
    const auto begin = old->begin() + static_cast<std::ptrdiff_t>(first);
    return std::make_shared<const std::vector<std::uint32_t>>(
        begin, begin + static_cast<std::ptrdiff_t>(count));
  };
  std::vector<Column> columns;
  columns.reserve(columns_.size());
  for (const Column& column : columns_) {
    columns.push_back(column.form() == Column::Form::kIndexed
                          ? Column::with_index(column, memo.find_or_make(column.index(), cut))
                          : column.slice(first, count));
  }
  return Batch(std::move(columns), count);
}

Batch Batch::owned() const {
  std::vector<Column> columns;
  columns.reserve(columns_.size());
  for (const Column& column : columns_) columns.push_back(column.owned());
  return Batch(std::move(columns), rows_);
}

std::size_t Batch::memory() const {
  std::size_t bytes = sizeof(Batch) + columns_.size() * sizeof(Column);
  for (const Column& column : columns_) bytes += column.memory();
  return bytes;
}

Batch concatenate(std::span<const Batch> batches, std::span<const Type> types) {
  std::size_t rows = 0;
  for (const Batch& batch : batches) {
    QUARRY_ASSERT(batch.column_count() == types.size(),
                  "batches that are joined have the same columns");
    rows += batch.rows();
  }
  QUARRY_ASSERT(rows <= std::numeric_limits<std::uint32_t>::max(), "row numbers have 32 bits");
  std::vector<Column> columns;
  columns.reserve(types.size());
  for (std::size_t at = 0; at < types.size(); ++at) {
    columns.push_back(
        dispatch(types[at], [&]<Type T>() { return concatenate_column<T>(batches, at, rows); }));
  }
  return Batch(std::move(columns), rows);
}

}  // namespace quarry
