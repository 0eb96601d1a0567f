// What a worker process leaves behind, in memory that its parent shares: a crash takes nothing
// along.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::fuzz {

/// Lives in a shared mapping of zeros; the worker writes, the parent reads.
struct Ledger {
  static constexpr std::size_t kMostText = std::size_t{1} << 20;
  static constexpr std::size_t kMostCounts = 16;
  static constexpr std::size_t kMostParts = 1024;

  struct Count {
    char name[32];
    std::uint64_t value;
  };

  std::atomic<std::uint64_t> next_case;
  std::atomic<std::int64_t> started_ms;  ///< of the case that runs; 0: none does
  std::atomic<std::uint64_t> findings;
  std::atomic<std::uint32_t> text_size;
  char text[kMostText];  ///< how to repeat the case
  Count counts[kMostCounts];
  std::uint8_t covered[3][kMostParts];

  std::string described() const { return {text, text_size.load()}; }
  void describe(std::string_view what);
  void count(std::string_view what);
};

/// Shared with the processes that are forked from now on; never unmapped.
Ledger& new_ledger();

std::int64_t now_ms();

}  // namespace quarry::fuzz
