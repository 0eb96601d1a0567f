// Choices for generators: from a seed, or from bytes that a fuzzer mutates (then each choice uses
// one to four of them, so that a changed byte changes one choice), and from a seed behind their
// end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace quarry::fuzz {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  explicit Random(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  /// 0 … bound - 1; 0 for a bound of 0.
  std::uint64_t below(std::uint64_t bound) {
    if (bound <= 1) return 0;
    return draw(bound <= 256 ? 1 : bound <= 65536 ? 2 : 8) % bound;
  }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
  }
  bool percent(unsigned chance) { return below(100) < chance; }
  std::uint64_t bits() { return draw(8); }

  template <class Range>
  const auto& pick(const Range& range) {
    return range[below(std::size(range))];
  }
  std::string_view pick(std::initializer_list<std::string_view> choices) {
    return choices.begin()[below(choices.size())];
  }

 private:
  std::uint64_t draw(std::size_t count) {
    if (bytes_.empty()) return next();
    std::uint64_t value = 0;
    for (; count > 0 && !bytes_.empty(); --count) {
      value = value << 8 | bytes_.front();
      bytes_ = bytes_.subspan(1);
    }
    state_ = state_ * 31 + value;
    return value;
  }
  /// SplitMix64 (Steele, Lea, Flood 2014).
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }

  std::uint64_t state_ = 0;
  std::span<const std::uint8_t> bytes_;
};

/// A seed for the case of this number.
inline std::uint64_t mixed(std::uint64_t seed, std::uint64_t number) {
  Random random(seed * 0x9e3779b97f4a7c15 + number);
  random.bits();
  return random.bits();
}

}  // namespace quarry::fuzz
