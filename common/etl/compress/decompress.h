// The three ways in which Windows compresses buffers of a trace ([MS-XCA]), expanded by code of our
// own: input is untrusted, output never grows beyond the place given, and what came out before a
// fault is kept.
#pragma once

#include "common/etl/bytes.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace quarry::etl {

/// COMPRESSION_FORMAT_* (ntifs.h).
enum class CompressionFormat : std::uint16_t {
  kNone = 0,
  kLznt1 = 2,
  kXpress = 3,
  kXpressHuffman = 4,
};

/// "none", "lznt1", "xpress", "xpress-huffman", "unknown".
std::string_view name_of(CompressionFormat format);

struct Expanded {
  std::size_t size = 0;  // bytes written
  /// Why it ended before the output was full; a constant; empty: it is full.
  std::string_view fault;
};

/// Fills `out`, which is as large as the data is said to become.
Expanded expand(CompressionFormat format, Bytes in, std::span<std::uint8_t> out);

Expanded expand_lznt1(Bytes in, std::span<std::uint8_t> out);
Expanded expand_xpress(Bytes in, std::span<std::uint8_t> out);
Expanded expand_xpress_huffman(Bytes in, std::span<std::uint8_t> out);

}  // namespace quarry::etl
