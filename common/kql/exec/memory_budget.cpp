#include "common/kql/exec/memory_budget.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>

#if defined(__SANITIZE_ADDRESS__)
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();  // GCC ships no header for it
#endif

namespace quarry::exec {
namespace {

/// Bytes of this process that lie in memory; 0 where /proc does not say. AddressSanitizer keeps what
/// was freed for a while and puts zones around what was not: there it is what the program holds.
std::uint64_t resident_bytes() {
#if defined(__SANITIZE_ADDRESS__)
  return ::__sanitizer_get_current_allocated_bytes();
#else
  static const int statm = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  char text[128];
  const ssize_t count = statm < 0 ? -1 : ::pread(statm, text, sizeof text, 0);
  const std::string_view line(text, count > 0 ? static_cast<std::size_t>(count) : 0);
  const std::vector<std::string_view> fields =
      text::split(line, ' ');  // total, resident, … in pages
  const auto pages = fields.size() > 1 ? text::parse_int64(fields[1]) : std::nullopt;
  return static_cast<std::uint64_t>(pages.value_or(0)) *
         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
#endif
}

/// Blocks of input, their parser and the batches between operators: what one thread needs whatever
/// the query holds (measured with one group: 6 to 7 MiB for each).
constexpr std::uint64_t kReadingBytes = 8 << 20;

}  // namespace

MemoryBudget::MemoryBudget(std::uint64_t limit, std::optional<std::uint64_t> spill_above,
                           int threads)
    : limit_(limit),
      spill_above_(spill_above.value_or(limit / 5 * 2)),
      spill_above_growth_(spill_above.value_or(limit / 5 * 3)),
      resident_before_(resident_bytes() +
                       (spill_above ? 0 : kReadingBytes * static_cast<std::uint64_t>(threads))) {}

Error MemoryBudget::too_much() const {
  return Error(ErrorCode::kQuery,
               fmt::format("the query needs more memory than --memory-limit allows ({})",
                           text::human_bytes(limit_)),
               "raise --memory-limit, or let the query hold less: filter earlier, fewer or coarser "
               "groups, no lists of whole texts");
}

std::uint64_t MemoryBudget::growth() const {
  const std::uint64_t now = resident_bytes();
  return now - std::min(now, resident_before_);
}

/// The allocator keeps what was freed. It is asked to let go of it only when the process has grown
/// since it last was.
std::uint64_t MemoryBudget::growth_after_trim() {
  constexpr std::uint64_t kTrimSteps = 32;
  const std::lock_guard lock(trim_mutex_);
  const std::uint64_t now = growth();
  if (now <= trimmed_to_ + limit_ / kTrimSteps) {
    trimmed_to_ = std::min(trimmed_to_, now);
    return now;
  }
  ::malloc_trim(0);
  trimmed_to_ = growth();
  return trimmed_to_;
}

Result<void> MemoryBudget::check_process() {
  if (growth() <= limit_ || growth_after_trim() <= limit_) return {};
  return fail(too_much());
}

bool MemoryBudget::is_tight(std::uint64_t own, int threads) {
  constexpr std::uint64_t kLeastPart = 16;
  if (own < spill_above_ / (kLeastPart * static_cast<std::uint64_t>(threads))) return false;
  if (used_.load(std::memory_order_relaxed) >= spill_above_) return true;
  return growth() >= spill_above_growth_ && growth_after_trim() >= spill_above_growth_;
}

Result<void> MemoryBudget::take(std::uint64_t bytes) {
  const std::uint64_t now = used_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  std::uint64_t peak = peak_.load(std::memory_order_relaxed);
  while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
  }
  if (now <= limit_) return {};
  return fail(too_much());
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
