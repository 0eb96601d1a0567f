#include "common/etl/utf16.h"

#include "common/base/unicode.h"

namespace quarry::etl {
namespace {

constexpr bool is_high_surrogate(char32_t unit) { return (unit & 0xFC00) == 0xD800; }
constexpr bool is_low_surrogate(char32_t unit) { return (unit & 0xFC00) == 0xDC00; }

/// Paths and names are ASCII as a rule: these go without a decoder. Returns the bytes done.
std::size_t append_ascii_run(std::string& out, Bytes units) {
  std::size_t at = 0;
  while (at + 1 < units.size() && units[at + 1] == 0 && units[at] < 0x80) at += 2;
  const std::size_t start = out.size();
  out.resize(start + at / 2);
  for (std::size_t i = 0; i < at / 2; ++i) out[start + i] = static_cast<char>(units[2 * i]);
  return at;
}

}  // namespace

void append_utf16(std::string& out, Bytes units) {
  std::size_t at = append_ascii_run(out, units);
  while (at + 1 < units.size()) {
    char32_t unit = read_u16(units, at);
    at += 2;
    if (is_high_surrogate(unit) && is_low_surrogate(read_u16(units, at))) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (char32_t{read_u16(units, at)} - 0xDC00);
      at += 2;
    } else if (is_high_surrogate(unit) || is_low_surrogate(unit)) {
      unit = unicode::kReplacement;
    }
    unicode::append(out, unit);
    at += append_ascii_run(out, slice(units, at));
  }
}

std::string utf16_to_utf8(Bytes units) {
  std::string text;
  append_utf16(text, units);
  return text;
}

Bytes utf16_until_nul(Bytes bytes, std::size_t offset) {
  const Bytes rest = slice(bytes, offset);
  const std::size_t whole = rest.size() & ~std::size_t{1};
  std::size_t end = 0;
  while (end < whole && (rest[end] | rest[end + 1]) != 0) end += 2;
  return rest.first(end);
}

}  // namespace quarry::etl
