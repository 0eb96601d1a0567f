// A set of texts that is asked for every row: in and in~. Most texts are thrown out by their length
// and three of their characters.
#pragma once

#include "common/base/text_search.h"

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::functions {

/// Not thread-safe: folding needs scratch memory.
class TextSet {
 public:
  TextSet(std::vector<std::string> texts, CaseMode mode);
  bool contains(std::string_view text);

 private:
  bool find(std::string_view text) const;
  /// Equal for texts that are equal but for the case of ASCII letters.
  static std::size_t signature(std::string_view text) {
    if (text.empty()) return 0;
    const auto folded = [&](std::size_t at) {
      return static_cast<std::size_t>(static_cast<unsigned char>(text[at]) | 0x20);
    };
    return (text.size() * 61 + folded(0) * 23 + folded(text.size() / 2) * 5 +
            folded(text.size() - 1)) %
           kSignatures;
  }
  static constexpr std::size_t kSignatures = 1024;

  CaseMode mode_;
  std::vector<std::string> texts_;    // folded where case is ignored
  std::vector<std::uint32_t> slots_;  // open addressing: index into texts_ + 1, 0 where free
  std::bitset<kSignatures>
      signatures_;  // of the texts; all, where folding may change the number of bytes
  std::string folded_;
};

}  // namespace quarry::kql::functions
