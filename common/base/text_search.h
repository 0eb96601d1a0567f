// Vectorised substring search, case-sensitive and ASCII-case-insensitive: the inner loop of has,
// contains and the raw prefilter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace quarry {

enum class CaseMode : unsigned char { kSensitive, kIgnoreAscii };

/// A needle prepared once per query, searched many times. Thread-safe after construction.
/// With kIgnoreAscii the needle must be ASCII (bytes >= 0x80 are compared exactly).
class TextSearcher {
 public:
  TextSearcher(std::string_view needle, CaseMode mode);

  /// Offset of the first occurrence at or after `from`; npos where there is none. An empty needle
  /// matches at `from`. Reads no byte outside the haystack.
  std::size_t find(std::string_view haystack, std::size_t from = 0) const;
  const std::string& needle() const { return needle_; }  ///< lower-cased with kIgnoreAscii
  CaseMode mode() const { return mode_; }

 private:
  std::string needle_;
  std::string masks_;  // per byte of the needle: 0x20 where case is ignored, else 0
  CaseMode mode_;
  std::size_t anchor_a_ = 0;  // two positions in the needle whose bytes are rare in event text
  std::size_t anchor_b_ = 0;
};

}  // namespace quarry
