// Counts what breakers (sort, summarize, join) hold, says when they should move it to disk, and
// refuses beyond the limit. Shared by all workers.
#pragma once

#include "common/base/result.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

namespace quarry::exec {

class MemoryBudget {
 public:
  /// `spill_above`: from so many bytes on rows should go to disk; none: a part of the limit that
  /// leaves room for sorting and merging. What `threads` need to read and pass on rows at all is no
  /// row held, so it does not count (where `spill_above` is given, everything does).
  explicit MemoryBudget(std::uint64_t limit, std::optional<std::uint64_t> spill_above = {},
                        int threads = 1);

  /// Accounts for `bytes` more; a kQuery error with the way out when that passes the limit.
  Result<void> take(std::uint64_t bytes);
  /// The same error when the whole process has grown by more than the limit and what reading needs: what states of
  /// aggregates hold on the heap is counted by nobody else. Costs about a microsecond.
  Result<void> check_process();
  /// True while so much is held that whoever can should move `own` bytes of its own to disk. Never
  /// where these are so few that writing them would not help. Costs about a microsecond.
  bool is_tight(std::uint64_t own, int threads);
  std::uint64_t limit() const { return limit_; }
  void give_back(std::uint64_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  std::uint64_t peak() const { return peak_.load(std::memory_order_relaxed); }

 private:
  Error too_much() const;
  std::uint64_t growth() const;
  std::uint64_t growth_after_trim();

  std::uint64_t limit_;
  std::uint64_t spill_above_;
  std::uint64_t spill_above_growth_;
  std::uint64_t resident_before_;  // and what reading needs
  std::mutex trim_mutex_;
  std::uint64_t trimmed_to_ = 0;  // the process's growth after the last trim
  std::atomic<std::uint64_t> used_{0};
  std::atomic<std::uint64_t> peak_{0};
};

/// What one owner has taken; gives it back when it dies.
class MemoryShare {
 public:
  explicit MemoryShare(MemoryBudget* budget) : budget_(budget) {}
  MemoryShare(MemoryShare&& other) noexcept : budget_(other.budget_), held_(other.held_) {
    other.held_ = 0;
  }
  MemoryShare& operator=(MemoryShare&&) = delete;
  ~MemoryShare() {
    if (budget_ != nullptr && held_ != 0) budget_->give_back(held_);
  }
  /// Tells the present size; only growth is asked of the budget.
  Result<void> resize(std::uint64_t bytes);

 private:
  MemoryBudget* budget_;
  std::uint64_t held_ = 0;
};

}  // namespace quarry::exec
