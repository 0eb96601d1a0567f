// Finds where JSON strings and values end, 32 bytes at a time, without looking at what they say.
// The text must be followed by kScanPadding readable bytes. Iterative: nesting costs no stack.
#pragma once

#include "common/json/byte_masks.h"

#include <bit>
#include <cstdint>

namespace quarry::json {

/// Tells which bytes of a chunk follow an odd run of backslashes; carries runs across chunks.
class EscapeTracker {
 public:
  /// Bit i: byte i is escaped. `backslashes`: where the chunk has backslashes.
  std::uint32_t escaped(std::uint32_t backslashes) {
    constexpr std::uint32_t kEvenBits = 0x55555555;
    backslashes &= ~carried_;
    const std::uint32_t follows = backslashes << 1 | carried_;
    // Adding the starts of runs on odd bits ripples through each run: the parity of its length
    // shows where it ends.
    const std::uint32_t odd_starts = backslashes & ~kEvenBits & ~follows;
    const std::uint64_t sum = std::uint64_t{odd_starts} + backslashes;
    carried_ = static_cast<std::uint32_t>(sum >> 32);
    const auto inverted = static_cast<std::uint32_t>(sum) << 1;
    return (kEvenBits ^ inverted) & follows;
  }
  bool nothing_carried() const { return carried_ == 0; }

 private:
  std::uint32_t carried_ = 0;
};

/// The closing quote of the string whose inside begins at `at`; null where the text ends first.
inline const char* find_closing_quote(const char* at, const char* end) {
  EscapeTracker escapes;
  for (; at < end; at += 32) {
    const ByteChunk chunk(at);
    std::uint32_t quotes = chunk.equal('"');
    const std::uint32_t backslashes = chunk.equal('\\');
    if (backslashes != 0 || !escapes.nothing_carried()) quotes &= ~escapes.escaped(backslashes);
    if (quotes == 0) continue;
    const char* const found = at + std::countr_zero(quotes);
    return found < end ? found : nullptr;
  }
  return nullptr;
}

/// What a string was found to hold on the way to its closing quote.
struct StringTraits {
  bool escaped = false;
  bool non_ascii = false;
  bool control = false;  // not allowed by RFC 8259 §7
};

/// As find_closing_quote(), also telling what stands before the quote.
inline const char* inspect_string(const char* at, const char* end, StringTraits& traits) {
  EscapeTracker escapes;
  for (; at < end; at += 32) {
    const ByteChunk chunk(at);
    std::uint32_t quotes = chunk.equal('"');
    const std::uint32_t backslashes = chunk.equal('\\');
    if (backslashes != 0 || !escapes.nothing_carried()) quotes &= ~escapes.escaped(backslashes);
    const std::uint32_t inside = quotes == 0 ? ~std::uint32_t{0} : (quotes & (~quotes + 1)) - 1;
    traits.escaped |= (backslashes & inside) != 0;
    traits.non_ascii |= (chunk.non_ascii() & inside) != 0;
    traits.control |= (chunk.control() & inside) != 0;
    if (quotes == 0) continue;
    const char* const found = at + std::countr_zero(quotes);
    return found < end ? found : nullptr;
  }
  return nullptr;
}

/// Behind the bracket that closes the one at `at`, by quotes and brackets only; null where the text
/// ends first.
const char* skip_nested(const char* at, const char* end);

/// Behind the value that begins at `at` (no blank). Scalars without quotes end at the next comma,
/// bracket or blank.
const char* skip_any_value(const char* at, const char* end);

inline bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
inline const char* skip_blanks(const char* at, const char* end) {
  while (at < end && is_json_blank(*at)) ++at;
  return at;
}

}  // namespace quarry::json
