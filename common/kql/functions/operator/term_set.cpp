// Sixteen characters are classified at a time; the terms are then the runs of ones in a bit mask.
#include "common/kql/functions/operator/term_set.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "common/base/text.h"
#include "common/base/unicode.h"

namespace quarry::kql::functions {
namespace {

constexpr std::size_t kBlock = 64;

#ifdef __SSE2__
/// Bit i is set where byte i is an ASCII letter or digit.
std::uint64_t alphanumeric_mask(const char* at) {
  std::uint64_t mask = 0;
  for (unsigned part = 0; part < kBlock / 16; ++part) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + part * 16));
    const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    // Signed comparisons: bytes from 0x80 on are negative and so below every bound.
    const __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                                         _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
    const __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('0' - 1)),
                                        _mm_cmplt_epi8(bytes, _mm_set1_epi8('9' + 1)));
    const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(letter, digit)));
    mask |= std::uint64_t{bits & 0xFFFF} << (part * 16);
  }
  return mask;
}
#else
std::uint64_t alphanumeric_mask(const char* at) {
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < kBlock; ++i) mask |= std::uint64_t{text::is_ascii_alnum(at[i])} << i;
  return mask;
}
#endif

}  // namespace

bool is_single_ascii_term(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return text::is_ascii_alnum(c); });
}

bool TermSet::has_any(std::string_view text) {
  return unicode::is_ascii(text) ? has_any_ascii(text) : has_any_unicode(text);
}

bool TermSet::has_any_ascii(std::string_view text) {
  std::size_t begin = 0;
  std::uint64_t inside = 0;  // 1 while a term goes on
  for (std::size_t base = 0; base < text.size(); base += kBlock) {
    const std::size_t left = text.size() - base;
    char padded[kBlock] = {};
    const char* block = text.data() + base;
    if (left < kBlock) block = static_cast<const char*>(std::copy_n(block, left, padded) - left);
    const std::uint64_t mask = alphanumeric_mask(block);
    std::uint64_t edges = mask ^ (mask << 1 | inside);
    for (; edges != 0; edges &= edges - 1) {
      const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(edges));
      if (inside == 0)
        begin = at;
      else if (words_.contains(text.substr(begin, at - begin)))
        return true;
      inside ^= 1;
    }
  }
  return inside != 0 && words_.contains(text.substr(begin));
}

bool TermSet::has_any_unicode(std::string_view text) {
  std::size_t begin = 0;
  bool has_foreign_letter = false;  // a term with a letter beyond ASCII equals none of our words
  for (std::size_t i = 0; i < text.size();) {
    if (text::is_ascii_alnum(text[i])) {
      ++i;
      continue;
    }
    std::size_t next = i + 1;
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      next = i;
      if (unicode::is_alphanumeric(unicode::decode(text, next))) {
        has_foreign_letter = true;
        i = next;
        continue;
      }
    }
    if (i > begin && !has_foreign_letter && words_.contains(text.substr(begin, i - begin)))
      return true;
    begin = i = next;
    has_foreign_letter = false;
  }
  return begin < text.size() && !has_foreign_letter && words_.contains(text.substr(begin));
}

}  // namespace quarry::kql::functions
