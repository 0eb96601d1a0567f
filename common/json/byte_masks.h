// Thirty-two bytes of text at once: which of them equal a byte, as one bit each. All that the JSON
// scanners need from the CPU, with a plain fallback. Loads may read up to 32 bytes past the text:
// scanned text is followed by padding (io::kBlockPadding).
#pragma once

#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace quarry::json {

/// Bytes that the scanners may read, but do not use, behind the text they are given.
inline constexpr std::size_t kScanPadding = 64;

#ifdef __SSE2__

class ByteChunk {
 public:
  explicit ByteChunk(const char* at)
      : low_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))),
        high_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 16))) {}

  /// Bit i: byte i equals `byte`.
  std::uint32_t equal(char byte) const {
    const __m128i wanted = _mm_set1_epi8(byte);
    return join(_mm_cmpeq_epi8(low_, wanted), _mm_cmpeq_epi8(high_, wanted));
  }
  /// As equal(), for bytes with bit 5 set first: '{' finds '[' as well, '}' finds ']'.
  std::uint32_t equal_with_bit_5(char byte) const {
    const __m128i bit = _mm_set1_epi8(0x20);
    const __m128i wanted = _mm_set1_epi8(byte);
    return join(_mm_cmpeq_epi8(_mm_or_si128(low_, bit), wanted),
                _mm_cmpeq_epi8(_mm_or_si128(high_, bit), wanted));
  }
  /// Bit i: byte i is below 0x20.
  std::uint32_t control() const {
    const __m128i last = _mm_set1_epi8(0x1F);
    return join(_mm_cmpeq_epi8(_mm_min_epu8(low_, last), low_),
                _mm_cmpeq_epi8(_mm_min_epu8(high_, last), high_));
  }
  /// Bit i: byte i is not ASCII.
  std::uint32_t non_ascii() const { return join(low_, high_); }
  /// Bit i: byte i equals that of the other chunk.
  std::uint32_t equal(const ByteChunk& other) const {
    return join(_mm_cmpeq_epi8(low_, other.low_), _mm_cmpeq_epi8(high_, other.high_));
  }

 private:
  static std::uint32_t join(__m128i low, __m128i high) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(low)) |
           static_cast<std::uint32_t>(_mm_movemask_epi8(high)) << 16;
  }
  __m128i low_;
  __m128i high_;
};

#else

class ByteChunk {
 public:
  explicit ByteChunk(const char* at) { std::memcpy(bytes_, at, sizeof bytes_); }

  std::uint32_t equal(char byte) const {
    return collect([&](std::size_t i) { return bytes_[i] == static_cast<unsigned char>(byte); });
  }
  std::uint32_t equal_with_bit_5(char byte) const {
    return collect(
        [&](std::size_t i) { return (bytes_[i] | 0x20) == static_cast<unsigned char>(byte); });
  }
  std::uint32_t control() const {
    return collect([&](std::size_t i) { return bytes_[i] < 0x20; });
  }
  std::uint32_t non_ascii() const {
    return collect([&](std::size_t i) { return bytes_[i] >= 0x80; });
  }
  std::uint32_t equal(const ByteChunk& other) const {
    return collect([&](std::size_t i) { return bytes_[i] == other.bytes_[i]; });
  }

 private:
  template <class Test>
  std::uint32_t collect(Test test) const {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < sizeof bytes_; ++i)
      bits |= static_cast<std::uint32_t>(test(i) ? 1 : 0) << i;
    return bits;
  }
  unsigned char bytes_[32];
};

#endif

/// Bit i: an odd number of bits of x at or below i. For x = quotes: byte i lies between an opening
/// quote and its closing one.
inline std::uint32_t prefix_xor(std::uint32_t x) {
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  return x;
}

/// Tells which bytes stand inside quotes, chunk after chunk; an opening quote counts as inside, a
/// closing one does not.
class QuoteTracker {
 public:
  std::uint32_t inside(std::uint32_t quotes) {
    const std::uint32_t result = prefix_xor(quotes) ^ open_;
    open_ = static_cast<std::uint32_t>(static_cast<std::int32_t>(result) >> 31);
    return result;
  }

 private:
  std::uint32_t open_ = 0;  // all ones while a quote is open across chunks
};

}  // namespace quarry::json
