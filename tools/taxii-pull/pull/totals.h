// What a pull has done so far, in numbers: for its progress and its summary.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace quarry::taxii_pull {

/// Counted by all servers' threads.
struct Totals {
  std::atomic<std::uint64_t> collections{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> skipped{0};  // pulled less than the interval ago
  std::atomic<std::uint64_t> pages{0};
  std::atomic<std::uint64_t> received{0};
  std::atomic<std::uint64_t> objects{0};  // new ones
  std::atomic<std::uint64_t> rows{0};
  std::atomic<std::uint64_t> updates{0};
  std::atomic<std::uint64_t> invalid_patterns{0};
  std::atomic<std::uint64_t> bad_objects{0};
  std::atomic<std::uint64_t> withheld{0};
  std::atomic<std::uint64_t> missing{0};  // found by --verify
  std::atomic<std::uint64_t> cut_off{0};  // bytes that a killed pull had left behind in the file
};

/// The summary record, a line.
std::string summary_of(const Totals& totals);

}  // namespace quarry::taxii_pull
