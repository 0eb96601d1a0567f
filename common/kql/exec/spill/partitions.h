// Rows cut into parts by the hash of their keys, each part small enough to be worked on in memory.
//
// Each level of partitions takes the next bits of the hash from the top, so a part that is still
// too large is cut again; hash tables take their bits from the bottom.
#pragma once

#include "common/kql/exec/context.h"
#include "common/kql/exec/spill/run.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quarry::exec {

inline constexpr int kPartitionBits = 5;
inline constexpr std::size_t kPartitions = std::size_t{1} << kPartitionBits;
/// So often are rows cut at most: what is then too large is one hash, or nearly.
inline constexpr int kMostLevels = 8;

inline std::size_t partition_of(std::uint64_t hash, int level) {
  return static_cast<std::size_t>(hash >> (64 - kPartitionBits * (level + 1))) & (kPartitions - 1);
}

/// Runs of each part, in the order in which they were written; empty while there are none at all.
using Partitions = std::vector<std::vector<SpillRun>>;

/// Moves the runs of each part behind those that are there.
void append(Partitions& partitions, Partitions more);

/// Adds a run of the batch's rows to each part that has some; rows keep their order.
Result<void> write_parts(const Batch& batch, std::span<const std::uint64_t> hashes, int level,
                         const ExecContext& context, Partitions& partitions);

}  // namespace quarry::exec
