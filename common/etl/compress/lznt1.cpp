// LZNT1 ([MS-XCA] 2.5). Chunks that expand to 4,096 bytes at most, each with a u16 header: size - 1
// in the lower 12 bits, bit 15 "compressed"; a header of 0 ends the data. Inside, a byte of flags,
// from the bottom up, for 8 items: a byte (0) or a u16 match (1). How the u16 is split moves with
// the position in the chunk: as many bits for the distance as it takes to reach the chunk's start,
// at least 4.
#include "common/etl/compress/decompress.h"
#include "common/etl/compress/match_copy.h"

#include <algorithm>
#include <bit>

namespace quarry::etl {
namespace {

constexpr std::size_t kChunk = 4096;

/// Bits of a match that hold its distance, `position` bytes into the chunk (1 … 4095).
unsigned distance_bits(std::size_t position) {
  return std::max(4U, static_cast<unsigned>(std::bit_width(position - 1)));
}

/// One compressed chunk. `out` is what is left of the output; only the chunk's own bytes may be
/// referred to.
Expanded expand_chunk(Bytes in, std::span<std::uint8_t> out) {
  out = out.first(std::min(out.size(), kChunk));
  std::size_t read = 0;
  std::size_t written = 0;
  while (read < in.size() && written < out.size()) {
    unsigned flags = in[read++];
    for (int item = 0; item < 8 && read < in.size() && written < out.size(); ++item, flags >>= 1) {
      if ((flags & 1) == 0) {
        out[written++] = in[read++];
        continue;
      }
      if (in.size() - read < 2) return {written, "a chunk ends inside a match"};
      if (written == 0) return {written, "a match reaches before the start"};
      const unsigned token = read_u16(in, read);
      read += 2;
      const unsigned length_bits = 16 - distance_bits(written);
      const std::size_t distance = (token >> length_bits) + 1;
      if (distance > written) return {written, "a match reaches before the start"};
      const std::size_t length =
          std::min<std::size_t>((token & ((1U << length_bits) - 1)) + 3, out.size() - written);
      copy_match(out.data(), written, distance, length, out.size());
      written += length;
    }
  }
  return {written, {}};
}

}  // namespace

Expanded expand_lznt1(Bytes in, std::span<std::uint8_t> out) {
  std::size_t read = 0;
  std::size_t written = 0;
  while (written < out.size()) {
    if (in.size() - read < 2) return {written, "compressed data ends early"};
    const unsigned header = read_u16(in, read);
    read += 2;
    if (header == 0) return {written, "compressed data ends early"};
    const std::size_t size = (header & 0xFFF) + 1;
    const Bytes chunk = slice(in, read, size);
    const std::span<std::uint8_t> rest = out.subspan(written);
    if ((header & 0x8000) == 0) {
      const std::size_t count = std::min(chunk.size(), rest.size());
      std::copy_n(chunk.data(), count, rest.data());
      written += count;
    } else {
      const Expanded expanded = expand_chunk(chunk, rest);
      written += expanded.size;
      if (!expanded.fault.empty()) return {written, expanded.fault};
    }
    if (chunk.size() < size && written < out.size()) return {written, "a chunk is cut off"};
    read += chunk.size();
  }
  return {written, {}};
}

}  // namespace quarry::etl
