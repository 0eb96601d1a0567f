// 64-bit hashes of cells for aggregation and joins. Internal: KQL's hash() functions are something
// else.
#pragma once

#include "common/value/column.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace quarry {

inline std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  return x;
}
std::uint64_t hash_bytes(std::string_view bytes);

/// hashes[i] = combination of the row's cells; hashes has one entry a row. A null hashes to a
/// constant of its own. Equal cells have equal hashes: reals -0.0 and 0.0, decimals by value,
/// dynamic by canonical JSON.
void hash_rows(std::span<const Column* const> columns, std::size_t rows,
               std::vector<std::uint64_t>& hashes);

}  // namespace quarry
