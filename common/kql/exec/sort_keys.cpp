#include "common/kql/exec/sort_keys.h"

#include "common/value/compare.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace quarry::exec {
namespace {

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

std::uint64_t prefix_of(std::uint8_t v) { return v; }
std::uint64_t prefix_of(std::int64_t v) { return static_cast<std::uint64_t>(v) ^ kSignBit; }
std::uint64_t prefix_of(std::int32_t v) { return prefix_of(std::int64_t{v}); }
std::uint64_t prefix_of(Datetime v) { return prefix_of(v.ticks); }
std::uint64_t prefix_of(Timespan v) { return prefix_of(v.ticks); }
std::uint64_t prefix_of(double v) {
  if (std::isnan(v)) return 0;
  const auto bits = std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v);
  return (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
}
std::uint64_t prefix_of_bytes(const void* bytes, std::size_t size) {
  std::uint64_t prefix = 0;
  std::memcpy(&prefix, bytes, std::min<std::size_t>(size, 8));
  return __builtin_bswap64(prefix);
}
std::uint64_t prefix_of(const StringCell& v) { return prefix_of_bytes(v.view().data(), v.size()); }
std::uint64_t prefix_of(const Guid& v) { return prefix_of_bytes(v.bytes.data(), v.bytes.size()); }
std::uint64_t prefix_of(const Decimal&) { return 0; }  // the full comparison decides
std::uint64_t prefix_of(const DynamicCell&) { return 0; }

}  // namespace

std::vector<std::uint64_t> order_prefixes(const Column& column, const SortKey& key) {
  std::vector<std::uint64_t> prefixes(column.rows());
  const std::uint64_t null_prefix = key.nulls_first ? 0 : ~std::uint64_t{0};
  dispatch(column.type(), [&]<Type T>() {
    const Cells<T> cells(column);
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      if (cells.is_null(i)) {
        prefixes[i] = null_prefix;
      } else {
        const std::uint64_t prefix = prefix_of(cells[i]);
        prefixes[i] = key.descending ? ~prefix : prefix;
      }
    }
  });
  return prefixes;
}

int compare_by_keys(const std::vector<SortKey>& keys, const Batch& batch_a, std::uint32_t a,
                    const Batch& batch_b, std::uint32_t b) {
  for (const SortKey& key : keys) {
    const Column& column_a = batch_a.column(key.column);
    const Column& column_b = batch_b.column(key.column);
    const bool null_a = NullCheck(column_a).is_null(a);
    const bool null_b = NullCheck(column_b).is_null(b);
    if (null_a || null_b) {
      if (null_a && null_b) continue;
      return null_a == key.nulls_first ? -1 : 1;
    }
    const int order = compare_rows(column_a, a, column_b, b);
    if (order != 0) return key.descending ? -order : order;
  }
  return 0;
}

std::vector<std::uint32_t> sorted_rows(const Batch& batch, const std::vector<SortKey>& keys) {
  struct Entry {
    std::uint64_t prefix;
    std::uint32_t row;
  };
  const std::vector<std::uint64_t> prefixes =
      order_prefixes(batch.column(keys.front().column), keys.front());
  std::vector<Entry> entries(batch.rows());
  for (std::uint32_t i = 0; i < entries.size(); ++i) entries[i] = {prefixes[i], i};
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    const int order = compare_by_keys(keys, batch, a.row, batch, b.row);
    return order != 0 ? order < 0 : a.row < b.row;
  });
  std::vector<std::uint32_t> rows(entries.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = entries[i].row;
  return rows;
}

}  // namespace quarry::exec
