// A run: batches written one after the other and read back in that order. Sorted runs and the
// partitions of a hash table are such runs.
#pragma once

#include "common/kql/exec/spill/spill_space.h"
#include "common/value/batch.h"

#include <string>
#include <vector>

namespace quarry::exec {

/// Where a run lies.
struct SpillRun {
  std::vector<Extent> extents;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
};

/// Bytes that a writer gathers before it writes, and a reader reads at once, when memory may be
/// used up to `limit`: a thousandth of it, within reason.
std::size_t chunk_bytes(std::uint64_t limit);

/// Not thread-safe.
class RunWriter {
 public:
  RunWriter(SpillSpace& space, std::size_t chunk) : space_(&space), chunk_(chunk) {}

  /// The batch is cut where it is longer than a chunk.
  Result<void> write(const Batch& batch);
  /// Writes what is left; the writer is as new afterwards.
  Result<SpillRun> finish();
  std::uint64_t rows() const { return run_.rows; }

 private:
  Result<void> flush();

  SpillSpace* space_;
  std::size_t chunk_;
  std::size_t frame_rows_ = 64;  // at first; then as the rows turn out to be long
  std::string buffer_;
  SpillRun run_;
};

/// Holds one chunk at a time. The run and the space must outlive it; batches need neither.
class RunReader {
 public:
  enum class Room : std::uint8_t { kKept, kGivenBack };  // on disk, of what was read

  RunReader(SpillSpace& space, const SpillRun& run, std::vector<Type> types, Room room)
      : space_(&space), run_(&run), types_(std::move(types)), room_(room) {}

  /// False at the end. Batches are never empty.
  Result<bool> next(Batch& out);

 private:
  Result<void> load();

  SpillSpace* space_;
  const SpillRun* run_;
  std::vector<Type> types_;
  Room room_;
  std::size_t extent_ = 0;
  std::shared_ptr<char[]> chunk_;
  std::string_view rest_;  // of the chunk
};

}  // namespace quarry::exec
