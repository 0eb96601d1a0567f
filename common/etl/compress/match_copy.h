// The step that all LZ77 decoders share: repeat what was written `distance` bytes ago.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace quarry::etl {

/// Writes `length` bytes at out + at; distance is in 1 … at, and length fits behind `at` in
/// `out_size`. Source and target may overlap: the bytes then repeat.
inline void copy_match(std::uint8_t* out, std::size_t at, std::size_t distance, std::size_t length,
                       std::size_t out_size) {
  std::uint8_t* to = out + at;
  const std::uint8_t* from = to - distance;
  // Whole words may write past the match, never past the output; the bytes are overwritten later.
  if (distance >= 8 && length + 8 <= out_size - at) {
    for (std::size_t done = 0; done < length; done += 8) std::memcpy(to + done, from + done, 8);
    return;
  }
  if (distance == 1) {
    std::memset(to, *from, length);
    return;
  }
  for (std::size_t i = 0; i < length; ++i) to[i] = from[i];
}

}  // namespace quarry::etl
