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

/// < 0, 0, > 0: how row `a` of one batch and row `b` of another (or the same) stand to each other.
int compare_by_keys(const std::vector<SortKey>& keys, const Batch& batch_a, std::uint32_t a,
                    const Batch& batch_b, std::uint32_t b);

/// Row numbers of `batch` in key order; rows with equal keys keep their order.
std::vector<std::uint32_t> sorted_rows(const Batch& batch, const std::vector<SortKey>& keys);

}  // namespace quarry::exec
