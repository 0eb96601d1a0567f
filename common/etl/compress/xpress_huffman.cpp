// LZ77 with Huffman codes ([MS-XCA] 2.1 and 2.2). The output comes in blocks of 64 KiB. Each begins
// with 256 bytes: the code lengths (0 … 15) of 512 symbols, two a byte, lower half first. Then a
// bit stream of u16 words, taken from the top bit down. Symbols below 256 are bytes. Of the others,
// minus 256, the lower 4 bits are length - 3 and the upper 4 the number of extra bits of the
// distance, whose top bit is implied. A length of 15 goes on in a byte, 255 in a u16, 0 in a u32;
// these bytes lie in the stream where the next word would.
#include "common/etl/compress/decompress.h"
#include "common/etl/compress/match_copy.h"

#include <algorithm>
#include <array>

namespace quarry::etl {
namespace {

constexpr std::size_t kBlock = 65'536;
constexpr std::size_t kSymbols = 512;
constexpr std::size_t kTableBytes = kSymbols / 2;
constexpr unsigned kMaxBits = 15;

constexpr std::string_view kEarlyEnd = "compressed data ends early";

/// Symbols by the next 15 bits. One table serves all blocks of a buffer.
class CodeTable {
 public:
  /// False where the lengths are those of no complete code.
  bool build(Bytes lengths);
  unsigned symbol(std::uint32_t next_bits) const { return entries_[next_bits] >> 4U; }
  unsigned bits(std::uint32_t next_bits) const { return entries_[next_bits] & 15U; }

 private:
  std::array<std::uint16_t, std::size_t{1} << kMaxBits> entries_{};  // symbol << 4 | bits
};

/// Codes are given out by length, then by symbol. They must fill the table: then every bit pattern
/// means something and none means two things.
bool CodeTable::build(Bytes lengths) {
  std::size_t filled = 0;
  for (unsigned bits = 1; bits <= kMaxBits; ++bits) {
    const std::size_t width = std::size_t{1} << (kMaxBits - bits);
    for (std::size_t symbol = 0; symbol < kSymbols; ++symbol) {
      const unsigned length =
          (symbol & 1) != 0 ? lengths[symbol / 2] >> 4U : lengths[symbol / 2] & 15U;
      if (length != bits) continue;
      if (filled + width > entries_.size()) return false;
      std::fill_n(entries_.begin() + static_cast<std::ptrdiff_t>(filled), width,
                  static_cast<std::uint16_t>(symbol << 4 | bits));
      filled += width;
    }
  }
  return filled == entries_.size();
}

struct Decoder {
  Bytes in;
  std::span<std::uint8_t> out;
  std::size_t read = 0;
  std::size_t written = 0;
  std::uint32_t window = 0;  // the next bits, from the top
  int spare = 0;             // bits in the window beyond 16
  int made_up = 0;           // bits of it, the last ones, that the data lacks
  CodeTable table{};

  Expanded run();
  std::string_view block();
  std::string_view match(unsigned symbol);
  void take(unsigned bits);
  /// A word of the stream; behind its end a made-up 0, which only look-ahead may see.
  std::uint32_t word() {
    if (read + 2 > in.size()) made_up += 16;
    const std::uint32_t value = read_u16(in, read);
    read += 2;
    return value;
  }
  /// Bits were used that are not in the data.
  bool starved() const { return made_up > 16 + spare; }
};

void Decoder::take(unsigned bits) {
  window <<= bits;
  spare -= static_cast<int>(bits);
  if (spare < 0) {
    window |= word() << static_cast<unsigned>(-spare);
    spare += 16;
  }
}

std::string_view Decoder::match(unsigned symbol) {
  std::size_t length = symbol & 15U;
  const unsigned distance_bits = symbol >> 4U;
  if (length == 15) {
    if (read >= in.size()) return kEarlyEnd;
    length = in[read++];
    if (length == 255) {
      length = read_u16(in, read);
      read += 2;
      if (length == 0) {
        length = read_u32(in, read);
        read += 4;
      }
      if (length < 15) return "a match length that cannot be";
      length -= 15;
    }
    length += 15;
  }
  std::size_t distance = std::size_t{1} << distance_bits;
  if (distance_bits > 0) distance += window >> (32 - distance_bits);
  take(distance_bits);
  if (starved()) return kEarlyEnd;
  if (distance > written) return "a match reaches before the start";
  length = std::min(length + 3, out.size() - written);
  copy_match(out.data(), written, distance, length, out.size());
  written += length;
  return {};
}

std::string_view Decoder::block() {
  if (read > in.size() || in.size() - read < kTableBytes + 4) return kEarlyEnd;
  if (!table.build(in.subspan(read, kTableBytes))) return "a code table that is no code";
  read += kTableBytes;
  made_up = 0;
  window = word() << 16;
  window |= word();
  spare = 16;
  const std::size_t end = std::min(out.size(), written + kBlock);
  while (written < end) {
    const std::uint32_t next = window >> (32 - kMaxBits);
    const unsigned symbol = table.symbol(next);
    take(table.bits(next));
    if (starved()) return kEarlyEnd;
    if (symbol < 256) {
      out[written++] = static_cast<std::uint8_t>(symbol);
      continue;
    }
    const std::string_view fault = match(symbol - 256);
    if (!fault.empty()) return fault;
  }
  return {};
}

Expanded Decoder::run() {
  while (written < out.size()) {
    const std::string_view fault = block();
    if (!fault.empty()) return {written, fault};
  }
  return {written, {}};
}

}  // namespace

Expanded expand_xpress_huffman(Bytes in, std::span<std::uint8_t> out) {
  Decoder decoder{.in = in, .out = out};  // 64 KiB of table: fits the stack
  return decoder.run();
}

}  // namespace quarry::etl
