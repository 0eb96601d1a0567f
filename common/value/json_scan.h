// Finds where JSON tokens end without looking at what they mean: strings 16 bytes at a time,
// brackets 64 at a time.
//
// A block of 64 bytes becomes bit masks, one bit a byte. The quotes that no backslash escapes,
// summed up from the left (modulo 2), give the mask of bytes inside strings; brackets outside it
// are real. A block that closes fewer brackets than are open cannot hold the end, so it is counted
// and passed without finding out where its brackets are.
#pragma once

#include <cstdint>
#include <string_view>

namespace quarry::json_scan {

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

inline const char* skip_blanks(const char* p, const char* end) {
  while (p != end && is_blank(*p)) ++p;
  return p;
}
std::string_view trim(std::string_view text);

/// First quote or backslash in [p, end); `end` where there is none.
const char* find_quote_or_backslash(const char* p, const char* end);
/// First byte in [p, end) that a JSON string must escape; `end` where there is none.
const char* find_must_escape(const char* p, const char* end);
/// First byte in [p, end) that a JSON string must escape, or that is not ASCII; `end` where there
/// is none.
const char* find_not_plain(const char* p, const char* end);

/// `p` is at the opening quote. Behind the closing one; null pointer where the text ends before it.
const char* skip_string(const char* p, const char* end);
/// `p` is at the first byte of a value. Behind its last one; null pointer where it is cut off or
/// there is none.
const char* skip_value(const char* p, const char* end);

/// Masks of 64 bytes: bit i is byte i.
struct Block {
  std::uint64_t in_string = 0;  ///< from an opening quote to the byte before the closing one
  std::uint64_t open = 0;       ///< [ and { outside strings
  std::uint64_t close = 0;      ///< ] and } outside strings
  std::uint64_t blank = 0;      ///< blanks outside strings
};

/// Reads a text block by block from outside a string on.
class BlockReader {
 public:
  static constexpr std::size_t kSize = 64;
  /// The next `size` (at most 64) bytes; bytes beyond count as blanks.
  Block read(const char* p, std::size_t size);

 private:
  std::uint64_t inside_ = 0;   // all ones when the last block ended inside a string
  std::uint64_t escaped_ = 0;  // 1 when the last block ended in a backslash that escapes
};

}  // namespace quarry::json_scan
