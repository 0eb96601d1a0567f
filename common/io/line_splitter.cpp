#include "common/io/line_splitter.h"

#include <cstring>

namespace quarry::io {
namespace {

// Byte-wide counters add up in vector registers; 255 rounds is what such a counter holds.
__attribute__((target_clones("avx2", "default"), optimize("O3"))) std::uint64_t count_in(const unsigned char* bytes,
                                                                                      std::size_t size,
                                                                                      unsigned char wanted) {
  constexpr std::size_t kLanes = 64;
  constexpr std::size_t kRounds = 255;
  std::uint64_t total = 0;
  std::size_t i = 0;
  while (size - i >= kLanes) {
    unsigned char lanes[kLanes] = {};
    for (std::size_t round = 0; round < kRounds && size - i >= kLanes; ++round, i += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        lanes[lane] = static_cast<unsigned char>(lanes[lane] + (bytes[i + lane] == wanted ? 1 : 0));
      }
    }
    for (const unsigned char lane : lanes) total += lane;
  }
  for (; i < size; ++i) total += bytes[i] == wanted ? 1 : 0;
  return total;
}

}  // namespace

bool LineSplitter::next(std::string_view& line) {
  if (cursor_ >= text_.size()) return false;
  line_start_ = cursor_;
  const std::size_t newline = text_.find('\n', cursor_);
  if (newline == std::string_view::npos) {
    line = text_.substr(cursor_);
    cursor_ = text_.size();
    return true;
  }
  cursor_ = newline + 1;
  line = text_.substr(line_start_, newline - line_start_);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return true;
}

std::uint64_t count_byte(std::string_view text, char byte) {
  return count_in(reinterpret_cast<const unsigned char*>(text.data()), text.size(), static_cast<unsigned char>(byte));
}

}  // namespace quarry::io
