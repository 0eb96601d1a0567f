#include "common/json/value_scanner.h"

#include <array>

namespace quarry::json {
namespace {

constexpr std::array<bool, 256> make_scalar_ends() {
  std::array<bool, 256> ends{};
  for (const char c : {',', '}', ']', ' ', '\t', '\r', '\n', '"', '{', '[', ':', '\0'})
    ends[static_cast<unsigned char>(c)] = true;
  return ends;
}
constexpr std::array<bool, 256> kEndsScalar = make_scalar_ends();

}  // namespace

const char* skip_nested(const char* at, const char* end) {
  EscapeTracker escapes;
  QuoteTracker quotes;
  std::int64_t depth = 0;
  for (; at < end; at += 32) {
    const ByteChunk chunk(at);
    const std::uint32_t strings =
        quotes.inside(chunk.equal('"') & ~escapes.escaped(chunk.equal('\\')));
    const std::uint32_t opening = chunk.equal_with_bit_5('{') & ~strings;
    std::uint32_t closing = chunk.equal_with_bit_5('}') & ~strings;
    if (depth > std::popcount(closing)) {
      depth += std::popcount(opening) - std::popcount(closing);
      continue;
    }
    // The last bracket may be here: depth at each closing one, in order.
    int closed = 0;
    for (; closing != 0; closing &= closing - 1) {
      const int bit = std::countr_zero(closing);
      const std::uint32_t before = bit == 0 ? 0 : opening & (~std::uint32_t{0} >> (32 - bit));
      ++closed;
      if (depth + std::popcount(before) - closed > 0) continue;
      const char* const behind = at + bit + 1;
      return behind <= end ? behind : nullptr;
    }
    depth += std::popcount(opening) - closed;
  }
  return nullptr;
}

const char* skip_any_value(const char* at, const char* end) {
  if (at >= end) return nullptr;
  if (*at == '{' || *at == '[') return skip_nested(at, end);
  if (*at == '"') {
    const char* const quote = find_closing_quote(at + 1, end);
    return quote == nullptr ? nullptr : quote + 1;
  }
  const char* const start = at;
  while (at < end && !kEndsScalar[static_cast<unsigned char>(*at)]) ++at;
  return at == start ? nullptr : at;
}

}  // namespace quarry::json
