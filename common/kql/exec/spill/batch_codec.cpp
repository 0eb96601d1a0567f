#include "common/kql/exec/spill/batch_codec.h"

#include "common/value/column_copy.h"

#include <cstring>

namespace quarry::exec {
namespace {

constexpr std::uint8_t kFlat = 0;
constexpr std::uint8_t kConstant = 1;

template <class T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

constexpr bool is_text(Type type) { return type == Type::kString || type == Type::kDynamic; }

std::string_view text_of(const StringCell& cell) { return cell.view(); }
std::string_view text_of(const DynamicCell& cell) { return cell.json.view(); }

std::size_t bitmap_bytes(std::size_t rows) { return (rows + 63) / 64 * sizeof(std::uint64_t); }

template <Type T>
void encode_cells(const Column& column, std::string& out) {
  const Cells<T> cells(column);
  const std::size_t rows = column.rows();
  if constexpr (is_text(T)) {
    // What stands in a null cell means nothing and is not followed.
    const auto text_at = [&](std::size_t i) {
      return cells.is_null(i) ? std::string_view() : text_of(cells[i]);
    };
    for (std::size_t i = 0; i < rows; ++i) put(out, static_cast<std::uint32_t>(text_at(i).size()));
    for (std::size_t i = 0; i < rows; ++i) out += text_at(i);
  } else {
    out.append(reinterpret_cast<const char*>(cells.data()), rows * sizeof(Cell<T>));
  }
}

void encode_column(const Column& given, std::string& out) {
  const bool constant = given.form() == Column::Form::kConstant && given.rows() > 0;
  const Column column = constant ? given.slice(0, 1).flattened() : given.flattened();
  put(out, constant ? kConstant : kFlat);
  put(out, static_cast<std::uint8_t>(column.may_have_nulls()));
  if (column.may_have_nulls())
    out.append(reinterpret_cast<const char*>(column.validity()), bitmap_bytes(column.rows()));
  dispatch(column.type(), [&]<Type T>() { encode_cells<T>(column, out); });
}

template <Type T>
bool decode_cells(std::string_view& bytes, std::size_t rows, Cell<T>* cells) {
  if constexpr (is_text(T)) {
    if (bytes.size() / sizeof(std::uint32_t) < rows) return false;
    std::string_view lengths = bytes.substr(0, rows * sizeof(std::uint32_t));
    bytes.remove_prefix(lengths.size());
    for (std::size_t i = 0; i < rows; ++i) {
      std::uint32_t length = 0;
      if (!take(lengths, length) || bytes.size() < length) return false;
      cells[i] = Cell<T>{StringCell(bytes.substr(0, length))};
      bytes.remove_prefix(length);
    }
  } else {
    if (bytes.size() / sizeof(Cell<T>) < rows) return false;
    std::memcpy(static_cast<void*>(cells), bytes.data(), rows * sizeof(Cell<T>));
    bytes.remove_prefix(rows * sizeof(Cell<T>));
  }
  return true;
}

bool decode_column(std::string_view& bytes, Type type, std::size_t rows, const KeepAlive& owner,
                   Column& out) {
  std::uint8_t form = 0;
  std::uint8_t nulls = 0;
  if (!take(bytes, form) || !take(bytes, nulls) || form > kConstant || nulls > 1) return false;
  const std::size_t count = form == kConstant ? 1 : rows;
  std::shared_ptr<std::uint64_t[]> validity;
  if (nulls != 0) {
    const std::size_t size = bitmap_bytes(count);
    if (bytes.size() < size) return false;
    validity = std::shared_ptr<std::uint64_t[]>(new std::uint64_t[size / sizeof(std::uint64_t)]);
    std::memcpy(validity.get(), bytes.data(), size);
    bytes.remove_prefix(size);
  }
  return dispatch(type, [&]<Type T>() {
    // Asked before memory is, so that a damaged count cannot ask for much.
    const std::size_t least = is_text(T) ? sizeof(std::uint32_t) : sizeof(Cell<T>);
    if (bytes.size() / least < count) return false;
    const auto cells = allocate_cells<T>(count);
    if (!decode_cells<T>(bytes, count, cells.get())) return false;
    std::vector<KeepAlive> keep;
    if (is_text(T)) keep.push_back(owner);
    out = Column(T, count, cells, std::move(validity), std::move(keep));
    if (form == kConstant) out = Column::constant(out, rows);
    return true;
  });
}

}  // namespace

void encode(const Batch& batch, std::string& out) {
  put(out, static_cast<std::uint32_t>(batch.rows()));
  for (const Column& column : batch.columns()) encode_column(column, out);
}

bool decode(std::string_view& bytes, std::span<const Type> types, const KeepAlive& owner,
            Batch& out) {
  std::uint32_t rows = 0;
  if (!take(bytes, rows)) return false;
  std::vector<Column> columns(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (!decode_column(bytes, types[i], rows, owner, columns[i])) return false;
  }
  out = Batch(std::move(columns), rows);
  return true;
}

}  // namespace quarry::exec
