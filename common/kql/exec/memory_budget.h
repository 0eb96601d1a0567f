// Counts what breakers (sort, summarize, join) hold, and refuses beyond the limit. Shared by all
// workers.
#pragma once

#include "common/base/result.h"

#include <atomic>
#include <cstdint>

namespace quarry::exec {

class MemoryBudget {
 public:
  explicit MemoryBudget(std::uint64_t limit);

  /// Accounts for `bytes` more; a kQuery error with the way out when that passes the limit.
  Result<void> take(std::uint64_t bytes);
  /// The same error when the whole process has grown by more than the limit: what states of
  /// aggregates hold on the heap is counted by nobody else. Costs about a microsecond.
  Result<void> check_process() const;
  void give_back(std::uint64_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  std::uint64_t peak() const { return peak_.load(std::memory_order_relaxed); }

 private:
  Error too_much() const;

  std::uint64_t limit_;
  std::uint64_t resident_before_;
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
