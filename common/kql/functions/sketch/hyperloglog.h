// Counts distinct hashes: exactly while there are few, then by HyperLogLog.
//
// The exact stage is an open-addressing table of up to kExactLimit hashes. Beyond it, hashes go
// into 2^p registers: the first p bits of a hash choose the register, which keeps the greatest
// number of leading zeros (plus one) among the others. The estimate is Ertl's ("New cardinality
// estimation algorithms for HyperLogLog sketches", 2017, section 4): no tables, no bias correction.
// The result depends on the set of hashes alone, never on the order of add() and merge(). Relative
// error: 1.04 / 2^(p/2). Of two precisions the lower one stays: registers of more bits say all that
// those of fewer bits would.
#pragma once

#include "common/kql/kernel/state_bytes.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace quarry::kql::functions {

class HyperLogLog {
 public:
  static constexpr std::size_t kExactLimit = 1024;
  static constexpr int kDefaultPrecision = 14;
  static constexpr int kLeastPrecision = 4;
  static constexpr int kGreatestPrecision = 18;

  explicit HyperLogLog(int precision = kDefaultPrecision) : precision_(precision) {}
  /// In the second stage from the start; there are 2^precision registers.
  HyperLogLog(int precision, std::vector<std::uint8_t> registers)
      : precision_(precision), registers_(std::move(registers)) {}

  void add(std::uint64_t hash);
  void merge(const HyperLogLog& other);
  std::int64_t count() const;

  int precision() const { return precision_; }
  /// In rising order; none in the second stage.
  std::vector<std::uint64_t> hashes() const;
  /// None in the first stage.
  std::span<const std::uint8_t> registers() const { return registers_; }

  void save(StateWriter& out) const;
  static HyperLogLog loaded(StateReader& in);

 private:
  void add_exact(std::uint64_t hash);
  void grow();
  void to_registers();
  void add_to_registers(std::uint64_t hash);
  void lower_precision(int precision);
  double estimate() const;

  int precision_;
  std::uint32_t exact_count_ = 0;  // without the hash 0, which marks a free slot
  bool has_zero_ = false;
  std::vector<std::uint64_t> exact_;  // empty once there are registers
  std::vector<std::uint8_t> registers_;
};

}  // namespace quarry::kql::functions
