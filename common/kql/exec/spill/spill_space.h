// Room on disk for rows that --memory-limit leaves no room for: one temporary file a query, made
// when the first rows are spilled.
//
// The file is private (0600) and has no name, so nothing is left behind however the process ends.
// Extents are appended and read back whole, each checked by a hash that stays in memory; what is
// not needed any more is given back to the file system.
#pragma once

#include "common/base/result.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

namespace quarry::exec {

/// Where something lies in the file, and what it hashes to.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t hash = 0;
};

/// Thread-safe.
class SpillSpace {
 public:
  /// `directory` is where the file is made: $TMPDIR as a rule.
  explicit SpillSpace(std::string directory) : directory_(std::move(directory)) {}
  SpillSpace(const SpillSpace&) = delete;
  SpillSpace& operator=(const SpillSpace&) = delete;
  ~SpillSpace();

  /// A kData error with the folder and the way out when the file cannot be made or is full.
  Result<Extent> append(std::string_view bytes);
  /// Fills `into`, which is as long as the extent; a kData error where other bytes come back than
  /// were written.
  Result<void> read(const Extent& extent, std::span<char> into) const;
  /// Lets the file system have the extent's room back, where it can.
  void discard(const Extent& extent);
  /// One more sorted run or partition was begun.
  void count_run() { runs_.fetch_add(1, std::memory_order_relaxed); }

  std::uint64_t bytes_written() const { return end_.load(std::memory_order_relaxed); }
  std::uint64_t runs() const { return runs_.load(std::memory_order_relaxed); }

 private:
  Result<int> descriptor();

  std::string directory_;
  std::mutex mutex_;  // guards making the file
  std::atomic<int> descriptor_{-1};
  std::atomic<std::uint64_t> end_{0};
  std::atomic<std::uint64_t> runs_{0};
};

}  // namespace quarry::exec
