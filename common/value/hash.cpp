// Hashing is two multiplications of 64 x 64 -> 128 bits for a short string (the cell's own 16
// bytes, no length loop) and one per 16 bytes of a long one, folded by xor, as the fast
// multiply-and-fold family does.

#include "common/value/hash.h"

#include "common/value/dynamic.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace quarry {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kSeed = 0x9e3779b97f4a7c15ULL;
constexpr std::uint64_t kFirst = 0xa0b428db2c5f3e91ULL;
constexpr std::uint64_t kSecond = 0xe7c1f58b934d6a27ULL;
constexpr std::uint64_t kThird = 0x8ebc6af19d2b4c53ULL;
constexpr std::uint64_t kNullHash = 0x5bd1e995c3a5f7d1ULL;

std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load8(const char* p) {
  std::uint64_t value;
  std::memcpy(&value, p, sizeof value);
  return value;
}
std::uint64_t load4(const char* p) {
  std::uint32_t value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

/// Up to 16 bytes as two words that overlap where the text is shorter.
std::uint64_t hash_short(const char* p, std::size_t size) {
  std::uint64_t a = 0, b = 0;
  if (size >= 8) {
    a = load8(p);
    b = load8(p + size - 8);
  } else if (size >= 4) {
    a = load4(p);
    b = load4(p + size - 4);
  } else if (size > 0) {
    a = static_cast<std::uint64_t>(static_cast<unsigned char>(p[0])) << 16 |
        static_cast<std::uint64_t>(static_cast<unsigned char>(p[size / 2])) << 8 |
        static_cast<unsigned char>(p[size - 1]);
  }
  return fold(fold(a ^ kFirst, b ^ kSeed) ^ size, kSecond);
}

std::uint64_t hash_cell(std::uint8_t v) { return mix(v + kSeed); }
std::uint64_t hash_cell(std::int32_t v) { return mix(static_cast<std::uint64_t>(v) + kSeed); }
std::uint64_t hash_cell(std::int64_t v) { return mix(static_cast<std::uint64_t>(v) + kSeed); }
std::uint64_t hash_cell(double v) {
  if (v == 0.0) v = 0.0;  // -0.0 equals 0.0
  if (std::isnan(v)) return mix(kThird);
  return mix(std::bit_cast<std::uint64_t>(v) + kSeed);
}
std::uint64_t hash_cell(const Decimal& v) { return hash(v); }
std::uint64_t hash_cell(Datetime v) { return hash_cell(v.ticks); }
std::uint64_t hash_cell(Timespan v) { return hash_cell(v.ticks); }
std::uint64_t hash_cell(const Guid& v) {
  std::uint64_t words[2];
  std::memcpy(words, v.bytes.data(), sizeof words);
  return fold(words[0] ^ kFirst, words[1] ^ kSecond);
}
std::uint64_t hash_cell(const StringCell& v) {
  if (!v.is_inline()) return hash_bytes(v.view());
  std::uint64_t words[2];  // an inline cell is padded with zeros: its bytes are the text's identity
  std::memcpy(words, &v, sizeof words);
  return fold(fold(words[0] ^ kFirst, words[1] ^ kSeed), kSecond);
}
std::uint64_t hash_cell(const DynamicCell& v) { return hash_dynamic(v.json.view()); }

std::uint64_t combine(std::uint64_t so_far, std::uint64_t cell) {
  return fold(so_far ^ kThird, cell ^ kSeed) + cell;
}

/// Hashes of the values buffer of a column, null or not.
template <Type T>
std::vector<std::uint64_t> hash_values(const Column& column, std::size_t count) {
  std::vector<std::uint64_t> hashes(count);
  const auto* const values = static_cast<const Cell<T>*>(column.values());
  const std::uint64_t* const validity = column.validity();
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_null = validity != nullptr && ((validity[i >> 6] >> (i & 63)) & 1) == 0;
    hashes[i] = is_null ? kNullHash : hash_cell(values[i]);
  }
  return hashes;
}

/// Calls put(row, hash) for every row; the form is looked at once.
template <Type T, class Put>
void each_hash(const Column& column, std::size_t rows, const Put& put) {
  if (rows == 0) return;
  if (column.form() == Column::Form::kConstant) {
    const std::uint64_t hash = hash_values<T>(column, 1)[0];
    for (std::size_t i = 0; i < rows; ++i) put(i, hash);
  } else if (column.form() == Column::Form::kIndexed && column.value_count() <= rows) {
    const std::vector<std::uint64_t> values = hash_values<T>(column, column.value_count());
    const std::uint32_t* const index = column.index()->data();
    for (std::size_t i = 0; i < rows; ++i) put(i, values[index[i]]);
  } else {
    const Cells<T> cells(column);
    if (cells.is_flat() && !cells.has_nulls()) {
      const Cell<T>* const values = cells.data();
      for (std::size_t i = 0; i < rows; ++i) put(i, hash_cell(values[i]));
    } else {
      for (std::size_t i = 0; i < rows; ++i)
        put(i, cells.is_null(i) ? kNullHash : hash_cell(cells[i]));
    }
  }
}

}  // namespace

std::uint64_t hash_bytes(std::string_view bytes) {
  const char* p = bytes.data();
  std::size_t left = bytes.size();
  if (left <= 16) return hash_short(p, left);
  std::uint64_t state = kSeed ^ left;
  if (left > 48) {
    // Three independent lanes keep the multiplier busy.
    std::uint64_t second = state, third = state;
    do {
      state = fold(load8(p) ^ kFirst, load8(p + 8) ^ state);
      second = fold(load8(p + 16) ^ kSecond, load8(p + 24) ^ second);
      third = fold(load8(p + 32) ^ kThird, load8(p + 40) ^ third);
      p += 48;
      left -= 48;
    } while (left > 48);
    state ^= second ^ third;
  }
  while (left > 16) {
    state = fold(load8(p) ^ kFirst, load8(p + 8) ^ state);
    p += 16;
    left -= 16;
  }
  // The last 16 bytes overlap what was read: the text is longer than 16.
  return fold(fold(load8(p + left - 16) ^ kSecond, load8(p + left - 8) ^ state) ^ bytes.size(),
              kThird);
}

void hash_rows(std::span<const Column* const> columns, std::size_t rows,
               std::vector<std::uint64_t>& hashes) {
  hashes.resize(rows);
  std::uint64_t* const out = hashes.data();
  if (columns.empty()) {
    for (std::size_t i = 0; i < rows; ++i) out[i] = kSeed;
    return;
  }
  for (std::size_t at = 0; at < columns.size(); ++at) {
    const Column& column = *columns[at];
    dispatch(column.type(), [&]<Type T>() {
      if (at == 0)
        each_hash<T>(column, rows, [out](std::size_t row, std::uint64_t hash) { out[row] = hash; });
      else
        each_hash<T>(column, rows, [out](std::size_t row, std::uint64_t hash) {
          out[row] = combine(out[row], hash);
        });
    });
  }
}

}  // namespace quarry
