#include "common/value/guid.h"

namespace quarry {
namespace {

constexpr std::size_t kDashesAfter[]{4, 6, 8, 10};  // bytes printed before each dash

bool dash_after(std::size_t byte) {
  for (const std::size_t dash : kDashesAfter) {
    if (dash == byte) return true;
  }
  return false;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view without_braces(std::string_view text) {
  const bool braced = text.size() >= 2 && ((text.front() == '{' && text.back() == '}') ||
                                           (text.front() == '(' && text.back() == ')'));
  return braced ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

// Kusto's toguid() reads 0123456789ab-cdef-0123-456789abcdef too: each dash may be missing on its
// own.
std::optional<Guid> parse_guid(std::string_view text) {
  text = without_braces(text);
  Guid guid;
  std::size_t at = 0;
  for (std::size_t byte = 0; byte < guid.bytes.size(); ++byte) {
    if (dash_after(byte) && at < text.size() && text[at] == '-') ++at;
    if (text.size() - at < 2) return std::nullopt;
    const int high = hex_digit(text[at]), low = hex_digit(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    guid.bytes[byte] = static_cast<std::uint8_t>(high << 4 | low);
    at += 2;
  }
  if (at != text.size()) return std::nullopt;
  return guid;
}

void append_guid(std::string& out, const Guid& value) {
  constexpr char kHexDigits[] = "0123456789abcdef";
  char text[36];
  std::size_t at = 0;
  for (std::size_t byte = 0; byte < value.bytes.size(); ++byte) {
    if (dash_after(byte)) text[at++] = '-';
    text[at++] = kHexDigits[value.bytes[byte] >> 4];
    text[at++] = kHexDigits[value.bytes[byte] & 15];
  }
  out.append(text, sizeof text);
}

}  // namespace quarry
