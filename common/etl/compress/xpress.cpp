// Plain LZ77 ([MS-XCA] 2.3 and 2.4). A u32 of flags, taken from the top bit down, tells for the
// next 32 items whether each is a byte (0) or a match (1). A match is a u16: distance - 1 in the
// upper 13 bits, length - 3 in the lower 3; a length of 7 there goes on in a nibble, 15 in a byte,
// 255 in a u16, and 0 in a u32. Two nibbles share a byte, which stands where the first of them was
// needed.
#include "common/etl/compress/decompress.h"
#include "common/etl/compress/match_copy.h"

#include <algorithm>
#include <bit>

namespace quarry::etl {
namespace {

constexpr std::string_view kEarlyEnd = "compressed data ends early";
constexpr std::string_view kBadDistance = "a match reaches before the start";
constexpr std::string_view kBadLength = "a match length that cannot be";

struct Decoder {
  Bytes in;
  std::span<std::uint8_t> out;
  std::size_t read = 0;
  std::size_t written = 0;
  std::size_t nibble_at = 0;  // a byte whose upper half is still to be used; 0: none

  Expanded run();
  std::string_view match();
  std::string_view length(std::size_t& value);
  std::string_view long_length(std::size_t& value);
};

/// The parts beyond a nibble of 15: byte, u16, u32.
std::string_view Decoder::long_length(std::size_t& value) {
  if (read >= in.size()) return kEarlyEnd;
  value = in[read++];
  if (value == 255) {
    if (in.size() - read < 2) return kEarlyEnd;
    value = read_u16(in, read);
    read += 2;
    if (value == 0) {
      if (in.size() - read < 4) return kEarlyEnd;
      value = read_u32(in, read);
      read += 4;
    }
    if (value < 15 + 7) return kBadLength;
    value -= 15 + 7;
  }
  value += 15;
  return {};
}

std::string_view Decoder::length(std::size_t& value) {
  if (nibble_at == 0) {
    if (read >= in.size()) return kEarlyEnd;
    nibble_at = read++;
    value = in[nibble_at] & 15U;
  } else {
    value = in[nibble_at] >> 4U;
    nibble_at = 0;
  }
  if (value == 15) {
    const std::string_view fault = long_length(value);
    if (!fault.empty()) return fault;
  }
  value += 7;
  return {};
}

std::string_view Decoder::match() {
  if (in.size() - read < 2) return kEarlyEnd;
  const std::size_t token = read_u16(in, read);
  read += 2;
  const std::size_t distance = (token >> 3) + 1;
  std::size_t count = token & 7;
  if (count == 7) {
    const std::string_view fault = length(count);
    if (!fault.empty()) return fault;
  }
  if (distance > written) return kBadDistance;
  // A crafted length of 4 GiB must cost nothing.
  count = std::min(count + 3, out.size() - written);
  copy_match(out.data(), written, distance, count, out.size());
  written += count;
  return {};
}

Expanded Decoder::run() {
  while (written < out.size()) {
    if (in.size() - read < 4) return {written, kEarlyEnd};
    std::uint32_t flags = read_u32(in, read);
    read += 4;
    int left = 32;
    while (left > 0 && written < out.size()) {
      // Bytes come in runs: one for each leading zero of the flags.
      const auto run_length = static_cast<std::size_t>(std::min(left, std::countl_zero(flags)));
      const std::size_t count = std::min({run_length, in.size() - read, out.size() - written});
      std::copy_n(in.data() + read, count, out.data() + written);
      read += count;
      written += count;
      if (written == out.size()) break;
      if (count < run_length) return {written, kEarlyEnd};
      left -= static_cast<int>(run_length);
      if (left == 0) break;
      const std::string_view fault = match();
      if (!fault.empty()) return {written, fault};
      flags = run_length >= 31 ? 0 : flags << (run_length + 1);
      --left;
    }
  }
  return {written, {}};
}

}  // namespace

Expanded expand_xpress(Bytes in, std::span<std::uint8_t> out) {
  Decoder decoder{.in = in, .out = out};
  return decoder.run();
}

}  // namespace quarry::etl
