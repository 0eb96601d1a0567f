// Substring search by two anchors: instead of the first and last byte, the two bytes of the needle
// that are rarest in event text are compared at 16 or 32 positions at once; only where both agree
// is the whole needle compared.
//
//   needle  powershell.exe      anchors  'w' and 'x' (rare), not 'e' or 's'
//   one block: load 32 bytes at start + 2 and at start + 12, compare, AND, one bit per candidate
//   start
//
// Ignoring ASCII case costs one OR more per load: for a lower-case letter L, (byte | 0x20) == L
// holds for L and its upper-case form and for nothing else. Bytes that are no letters are compared
// with the mask 0. Cost: about one load per 16 (32) bytes and anchor; verification only as often as
// both anchors meet.
#include "common/base/text_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "common/base/text.h"

namespace quarry {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Bytes of JSON event lines, commonest first, counted over generated process and network events;
// what is not listed is rarer.
constexpr std::string_view kCommonFirst =
    "e\"ionstarc:,IdP1\\0l2mg58346f-97u.bSp "
    "ATvCNVFhyDkxwRLOMHUEWZj=q{}GzB@/\n[]_X()K;?$JY>%'|Q&#~+";

constexpr std::array<std::uint8_t, 256> make_rarity() {
  std::array<std::uint8_t, 256> rarity{};
  rarity.fill(255);
  for (std::size_t i = 0; i < kCommonFirst.size(); ++i) {
    rarity[static_cast<unsigned char>(kCommonFirst[i])] = static_cast<std::uint8_t>(i);
  }
  return rarity;
}
constexpr std::array<std::uint8_t, 256> kRarity = make_rarity();

// Ignoring case a letter is as common as the commoner of its two forms.
int rarity_of(char c, CaseMode mode) {
  const int rarity = kRarity[static_cast<unsigned char>(c)];
  if (mode == CaseMode::kSensitive) return rarity;
  return std::min<int>(rarity, kRarity[static_cast<unsigned char>(text::ascii_upper(c))]);
}

// The rarest position; with `other`, the rarest whose byte differs from the one there (two equal
// bytes tell little more than one). Of equals the last: ends of words differ more than their
// beginnings.
std::size_t rarest_position(std::string_view needle, CaseMode mode, std::size_t other) {
  std::size_t best = other == kNone ? 0 : other;
  int best_rarity = -1;
  for (std::size_t i = 0; i < needle.size(); ++i) {
    if (other != kNone && needle[i] == needle[other]) continue;
    const int rarity = rarity_of(needle[i], mode);
    if (rarity < best_rarity) continue;
    best = i;
    best_rarity = rarity;
  }
  return best;
}

std::uint64_t load_eight(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The needle as the kernels need it, and the haystack's start.
struct Probe {
  const char* haystack;
  const char* needle;
  const char* masks;
  std::size_t size;
  std::size_t offset_a, offset_b;

  bool equals_at(const char* text) const {
    const auto differ = [&](std::size_t i) {
      return (load_eight(text + i) | load_eight(masks + i)) != load_eight(needle + i);
    };
    if (size < 8) {
      for (std::size_t i = 0; i < size; ++i) {
        if ((text[i] | masks[i]) != needle[i]) return false;
      }
      return true;
    }
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      if (differ(i)) return false;
    }
    return !differ(size - 8);
  }

  // The lowest candidate of `bits` (bit i: start + i) that holds the whole needle.
  std::size_t verify(std::uint32_t bits, std::size_t start) const {
    for (; bits != 0; bits &= bits - 1) {
      const std::size_t candidate = start + static_cast<std::size_t>(std::countr_zero(bits));
      if (equals_at(haystack + candidate)) return candidate;
    }
    return kNone;
  }
};

// A kernel tests the candidate starts from … end-1; both anchors of each lie inside the haystack.
// The last block ends exactly at `end`: it overlaps the one before, and the bits already seen are
// cleared.
using Kernel = std::size_t (*)(const Probe&, std::size_t from, std::size_t end);

std::size_t scan_bytes(const Probe& probe, std::size_t from, std::size_t end) {
  for (; from < end; ++from) {
    if (probe.equals_at(probe.haystack + from)) return from;
  }
  return kNone;
}

#ifdef __SSE2__

template <std::size_t width>
__m128i load_block(const char* at) {
  if constexpr (width == 16) return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at));
}

template <std::size_t width>
std::size_t scan_sse2_blocks(const Probe& probe, std::size_t from, std::size_t end) {
  const __m128i byte_a = _mm_set1_epi8(probe.needle[probe.offset_a]);
  const __m128i byte_b = _mm_set1_epi8(probe.needle[probe.offset_b]);
  const __m128i mask_a = _mm_set1_epi8(probe.masks[probe.offset_a]);
  const __m128i mask_b = _mm_set1_epi8(probe.masks[probe.offset_b]);
  const auto matches = [&](std::size_t start) {
    const __m128i a = load_block<width>(probe.haystack + start + probe.offset_a);
    const __m128i b = load_block<width>(probe.haystack + start + probe.offset_b);
    const __m128i equal = _mm_and_si128(_mm_cmpeq_epi8(_mm_or_si128(a, mask_a), byte_a),
                                        _mm_cmpeq_epi8(_mm_or_si128(b, mask_b), byte_b));
    return static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) & ((1U << width) - 1);
  };
  for (; from + width <= end; from += width) {
    const std::uint32_t bits = matches(from);
    if (bits == 0) continue;
    if (const std::size_t found = probe.verify(bits, from); found != kNone) return found;
  }
  if (from == end) return kNone;
  const std::size_t last = end - width;
  const std::uint32_t seen = (1U << (from - last)) - 1;
  return probe.verify(matches(last) & ~seen, last);
}

std::size_t scan_sse2(const Probe& probe, std::size_t from, std::size_t end) {
  if (end - from >= 16) return scan_sse2_blocks<16>(probe, from, end);
  if (end - from >= 8) return scan_sse2_blocks<8>(probe, from, end);
  return scan_bytes(probe, from, end);
}

struct Avx2Anchor {
  __m256i byte;
  __m256i mask;
};

__attribute__((target("avx2"))) inline __m256i anchor_matches(const char* at,
                                                              const Avx2Anchor& anchor) {
  const __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  return _mm256_cmpeq_epi8(_mm256_or_si256(block, anchor.mask), anchor.byte);
}

__attribute__((target("avx2"))) std::size_t scan_avx2(const Probe& probe, std::size_t from,
                                                      std::size_t end) {
  constexpr std::size_t kWidth = 32;
  if (end - from < kWidth) return scan_sse2(probe, from, end);
  const Avx2Anchor a{_mm256_set1_epi8(probe.needle[probe.offset_a]),
                     _mm256_set1_epi8(probe.masks[probe.offset_a])};
  const Avx2Anchor b{_mm256_set1_epi8(probe.needle[probe.offset_b]),
                     _mm256_set1_epi8(probe.masks[probe.offset_b])};
  const char* const base_a = probe.haystack + probe.offset_a;
  const char* const base_b = probe.haystack + probe.offset_b;
  std::uint32_t seen = 0;
  for (;;) {
    for (; from + kWidth <= end; from += kWidth) {
      const __m256i both =
          _mm256_and_si256(anchor_matches(base_a + from, a), anchor_matches(base_b + from, b));
      const auto bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(both)) & ~seen;
      if (bits == 0) continue;
      if (const std::size_t found = probe.verify(bits, from); found != kNone) return found;
    }
    if (from == end) return kNone;
    seen = (1U << (from - (end - kWidth))) - 1;
    from = end - kWidth;
  }
}

Kernel best_kernel() { return __builtin_cpu_supports("avx2") ? scan_avx2 : scan_sse2; }

#else

Kernel best_kernel() { return scan_bytes; }

#endif

}  // namespace

TextSearcher::TextSearcher(std::string_view needle, CaseMode mode)
    : needle_(mode == CaseMode::kIgnoreAscii ? text::lower_ascii(needle) : std::string(needle)),
      masks_(needle.size(), '\0'),
      mode_(mode),
      anchor_a_(rarest_position(needle_, mode, kNone)),
      anchor_b_(rarest_position(needle_, mode, needle.empty() ? kNone : anchor_a_)) {
  if (mode == CaseMode::kSensitive) return;
  std::transform(needle_.begin(), needle_.end(), masks_.begin(),
                 [](char c) { return text::is_ascii_alpha(c) ? '\x20' : '\0'; });
}

std::size_t TextSearcher::find(std::string_view haystack, std::size_t from) const {
  if (from > haystack.size() || needle_.size() > haystack.size() - from) return kNone;
  if (needle_.empty()) return from;
  const std::size_t end = haystack.size() - needle_.size() + 1;
  if (needle_.size() == 1 && masks_[0] == 0) {
    const void* const found = std::memchr(haystack.data() + from, needle_[0], end - from);
    return found == nullptr
               ? kNone
               : static_cast<std::size_t>(static_cast<const char*>(found) - haystack.data());
  }
  static const Kernel kernel = best_kernel();
  const Probe probe{haystack.data(), needle_.data(), masks_.data(),
                    needle_.size(),  anchor_a_,      anchor_b_};
  return kernel(probe, from, end);
}

}  // namespace quarry
