#include "common/value/json_scan.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace quarry::json_scan {
namespace {

/// What the bytes of a block are, strings not yet told apart.
struct RawMasks {
  std::uint64_t quote = 0, backslash = 0, open = 0, close = 0, blank = 0;
};

bool must_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }
bool is_not_plain(char c) { return must_escape(c) || static_cast<unsigned char>(c) >= 0x80; }

#if defined(__SSE2__)

__m128i load(const char* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); }
std::uint32_t mask_of(__m128i hits) { return static_cast<std::uint32_t>(_mm_movemask_epi8(hits)); }
__m128i equal(__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); }

RawMasks classify(const char* p) {
  RawMasks masks;
  for (int part = 0; part < 4; ++part) {
    const __m128i bytes = load(p + 16 * part);
    const __m128i lower =
        _mm_or_si128(bytes, _mm_set1_epi8(0x20));  // [ and { differ in this bit only, as do ] and }
    const __m128i blank = _mm_or_si128(_mm_or_si128(equal(bytes, ' '), equal(bytes, '\n')),
                                       _mm_or_si128(equal(bytes, '\t'), equal(bytes, '\r')));
    const int shift = 16 * part;
    masks.quote |= std::uint64_t{mask_of(equal(bytes, '"'))} << shift;
    masks.backslash |= std::uint64_t{mask_of(equal(bytes, '\\'))} << shift;
    masks.open |= std::uint64_t{mask_of(equal(lower, '{'))} << shift;
    masks.close |= std::uint64_t{mask_of(equal(lower, '}'))} << shift;
    masks.blank |= std::uint64_t{mask_of(blank)} << shift;
  }
  return masks;
}

/// First byte for which `hits` (16 bytes -> mask) or `hit` (one byte) says so.
template <class Hits, class Hit>
const char* find(const char* p, const char* end, const Hits& hits, const Hit& hit) {
  if (end - p < 16) {
    while (p != end && !hit(*p)) ++p;
    return p;
  }
  for (; end - p >= 16; p += 16) {
    if (const std::uint32_t mask = hits(load(p)); mask != 0) return p + std::countr_zero(mask);
  }
  if (p == end) return end;
  const char* const last = end - 16;  // overlaps bytes that were found clean
  const std::uint32_t mask = hits(load(last));
  return mask != 0 ? last + std::countr_zero(mask) : end;
}

#else

RawMasks classify(const char* p) {
  RawMasks masks;
  for (std::size_t i = 0; i < BlockReader::kSize; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (p[i] == '"') masks.quote |= bit;
    if (p[i] == '\\') masks.backslash |= bit;
    if ((p[i] | 0x20) == '{') masks.open |= bit;
    if ((p[i] | 0x20) == '}') masks.close |= bit;
    if (is_blank(p[i])) masks.blank |= bit;
  }
  return masks;
}

#endif

/// Bit i of the result: the number of bits set in 0 … i is odd.
std::uint64_t running_parity(std::uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

const char* skip_container(const char* p, const char* end) {
  BlockReader reader;
  std::size_t depth = 1;
  ++p;
  while (p != end) {
    const std::size_t size = std::min(static_cast<std::size_t>(end - p), BlockReader::kSize);
    const Block block = reader.read(p, size);
    const auto closing = static_cast<std::size_t>(std::popcount(block.close));
    if (closing < depth) {
      depth += static_cast<std::size_t>(std::popcount(block.open)) - closing;
    } else {
      for (std::uint64_t brackets = block.open | block.close; brackets != 0;
           brackets &= brackets - 1) {
        const int at = std::countr_zero(brackets);
        if (((block.open >> at) & 1) != 0)
          ++depth;
        else if (--depth == 0)
          return p + at + 1;
      }
    }
    p += size;
  }
  return nullptr;
}

bool ends_scalar(char c) {
  return is_blank(c) || c == ',' || c == ':' || c == '"' || (c | 0x20) == '{' || (c | 0x20) == '}';
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

const char* find_quote_or_backslash(const char* p, const char* end) {
#if defined(__SSE2__)
  return find(
      p, end,
      [](__m128i bytes) { return mask_of(_mm_or_si128(equal(bytes, '"'), equal(bytes, '\\'))); },
      [](char c) { return c == '"' || c == '\\'; });
#else
  return std::find_if(p, end, [](char c) { return c == '"' || c == '\\'; });
#endif
}

const char* find_must_escape(const char* p, const char* end) {
#if defined(__SSE2__)
  const auto hits = [](__m128i bytes) {
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    return mask_of(_mm_or_si128(control, _mm_or_si128(equal(bytes, '"'), equal(bytes, '\\'))));
  };
  return find(p, end, hits, must_escape);
#else
  return std::find_if(p, end, must_escape);
#endif
}

const char* find_not_plain(const char* p, const char* end) {
#if defined(__SSE2__)
  const auto hits = [](__m128i bytes) {
    const __m128i low_or_high =
        _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));  // signed: from 0x80 on as well
    return mask_of(_mm_or_si128(low_or_high, _mm_or_si128(equal(bytes, '"'), equal(bytes, '\\'))));
  };
  return find(p, end, hits, is_not_plain);
#else
  return std::find_if(p, end, is_not_plain);
#endif
}

const char* skip_string(const char* p, const char* end) {
  ++p;
  while (true) {
    p = find_quote_or_backslash(p, end);
    if (p == end) return nullptr;
    if (*p == '"') return p + 1;
    if (end - p < 2) return nullptr;
    p += 2;
  }
}

const char* skip_value(const char* p, const char* end) {
  if (p == end) return nullptr;
  if (*p == '"') return skip_string(p, end);
  if (*p == '{' || *p == '[') return skip_container(p, end);
  const char* const start = p;
  while (p != end && !ends_scalar(*p)) ++p;
  return p == start ? nullptr : p;
}

Block BlockReader::read(const char* p, std::size_t size) {
  char padded[kSize];
  if (size < kSize) {
    std::memset(padded, ' ', kSize);
    std::memcpy(padded, p, size);
    p = padded;
  }
  const RawMasks raw = classify(p);
  std::uint64_t escaped = escaped_;
  escaped_ = 0;
  for (std::uint64_t left = raw.backslash & ~escaped; left != 0;) {
    const int at = std::countr_zero(left);
    if (at == 63) {
      escaped_ = 1;
      break;
    }
    escaped |= std::uint64_t{2} << at;
    left &= ~(std::uint64_t{3} << at);
  }
  Block block;
  block.in_string = running_parity(raw.quote & ~escaped) ^ inside_;
  inside_ = (block.in_string >> 63) != 0 ? ~std::uint64_t{0} : 0;
  block.open = raw.open & ~block.in_string;
  block.close = raw.close & ~block.in_string;
  block.blank = raw.blank & ~block.in_string;
  return block;
}

}  // namespace quarry::json_scan
