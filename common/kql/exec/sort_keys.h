// Orders rows of one batch by key columns: a normalised 64-bit prefix of the first key decides most
// comparisons.
#pragma once

#include "common/value/batch.h"

#include <cstdint>
#include <vector>

namespace quarry::exec {

struct SortKey {
  std::size_t column = 0;  // position in the batch
  bool descending = false;
  bool nulls_first = true;
};

/// Unsigned numbers in the order of the key's cells (equal prefixes decide nothing), nulls and
/// direction included.
std::vector<std::uint64_t> order_prefixes(const Column& column, const SortKey& key);

/// Row numbers of `batch` in key order; rows with equal keys keep their order.
std::vector<std::uint32_t> sorted_rows(const Batch& batch, const std::vector<SortKey>& keys);

}  // namespace quarry::exec
