#include "common/io/line_splitter.h"

#include <cstring>

namespace quarry::io {
namespace {

using Bytes =
    unsigned char __attribute__((vector_size(32)));  // two SSE2 registers where AVX2 is missing

// Byte-wide counters add up in a register; 255 rounds is what such a counter holds.
inline __attribute__((always_inline)) std::uint64_t count_in(const char* bytes, std::size_t size,
                                                             char byte) {
  constexpr std::size_t kRounds = 255;
  const Bytes wanted = Bytes{} + static_cast<unsigned char>(byte);
  std::uint64_t total = 0;
  std::size_t i = 0;
  while (size - i >= sizeof(Bytes)) {
    Bytes counters{};
    for (std::size_t round = 0; round < kRounds && size - i >= sizeof(Bytes);
         ++round, i += sizeof(Bytes)) {
      Bytes loaded;
      std::memcpy(&loaded, bytes + i, sizeof loaded);
      counters -= reinterpret_cast<Bytes>(loaded == wanted);  // a lane that compares equal is -1
    }
    for (std::size_t lane = 0; lane < sizeof(Bytes); ++lane) total += counters[lane];
  }
  for (; i < size; ++i) total += bytes[i] == byte ? 1 : 0;
  return total;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) std::uint64_t count_with_avx2(const char* bytes, std::size_t size,
                                                              char byte) {
  return count_in(bytes, size, byte);
}
#endif

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
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) return count_with_avx2(text.data(), text.size(), byte);
#endif
  return count_in(text.data(), text.size(), byte);
}

}  // namespace quarry::io
