#include "common/kql/exec/memory_budget.h"

#include <fmt/format.h>

#include "common/base/text.h"

namespace quarry::exec {

Result<void> MemoryBudget::take(std::uint64_t bytes) {
  const std::uint64_t now = used_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  std::uint64_t peak = peak_.load(std::memory_order_relaxed);
  while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
  }
  if (now <= limit_) return {};
  return fail(ErrorCode::kQuery, fmt::format("the query needs more memory than --memory-limit allows ({})", text::human_bytes(limit_)),
              "filter or summarize earlier in the query, or raise --memory-limit");
}

Result<void> MemoryShare::resize(std::uint64_t bytes) {
  if (budget_ == nullptr) return {};
  if (bytes <= held_) {
    budget_->give_back(held_ - bytes);
    held_ = bytes;
    return {};
  }
  const std::uint64_t more = bytes - held_;
  held_ = bytes;
  return budget_->take(more);
}

}  // namespace quarry::exec
