// Made process events for benchmarks: lines such as Defender exports, the same on every machine.
#pragma once

#include "common/table/block_lines.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::bench {

/// One line after the other, with its newline.
class EventLines {
 public:
  std::string next();

 private:
  std::uint32_t below(std::uint32_t limit);

  std::uint64_t state_ = 20240501;
  std::size_t row_ = 0;
};

/// Text of NDJSON lines with the padding that scanners want behind it, and its lines.
struct Events {
  std::string padded;
  std::size_t size = 0;
  std::vector<table::LineRef> lines;

  std::string_view text() const { return std::string_view(padded).substr(0, size); }
};

/// 20,000 lines, about 14 MB: more than caches hold. Made at the first call.
const Events& made_events();

/// Once in 5,000 lines, in no other text.
inline constexpr std::string_view kRareText = "mimikatz";
/// In no line.
inline constexpr std::string_view kAbsentText = "xmrig-notls";

}  // namespace quarry::bench
