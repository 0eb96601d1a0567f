// A set of texts that is asked for every row: in and in~. Most texts are thrown out by their length alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/text_search.h"

namespace quarry::kql::functions {

/// Not thread-safe: folding needs scratch memory.
class TextSet {
 public:
  TextSet(std::vector<std::string> texts, CaseMode mode);
  bool contains(std::string_view text);

 private:
  bool find(std::string_view text) const;
  std::uint64_t length_bit(std::string_view text) const { return std::uint64_t{1} << (text.size() & 63); }

  CaseMode mode_;
  std::vector<std::string> texts_;  // folded where case is ignored
  std::vector<std::uint32_t> slots_;  // open addressing: index into texts_ + 1, 0 where free
  std::uint64_t lengths_ = 0;  // bit n: a text has n bytes (modulo 64); folding keeps the length of what can match ASCII
  std::string folded_;
};

}  // namespace quarry::kql::functions
