#include "common/base/unicode.h"

#include "common/base/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstring>

namespace quarry::unicode {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080;

std::uint64_t load_eight(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

unsigned char byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/// First offset at or after `from` that may hold a byte >= 0x80 (at most 7 bytes early), or
/// text.size().
std::size_t skip_ascii(std::string_view text, std::size_t from) {
  const char* const data = text.data();
  while (from + 32 <= text.size()) {
    const std::uint64_t any = load_eight(data + from) | load_eight(data + from + 8) |
                              load_eight(data + from + 16) | load_eight(data + from + 24);
    if (any & kHighBits) break;
    from += 32;
  }
  while (from + 8 <= text.size() && !(load_eight(data + from) & kHighBits)) from += 8;
  while (from < text.size() && byte_at(text, from) < 0x80) ++from;
  return from;
}

// Bytes of the well-formed sequence at `offset`, 0 where there is none (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t offset) {
  const std::size_t left = text.size() - offset;
  const unsigned char lead = byte_at(text, offset);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  // The second byte's range excludes overlong forms, surrogates and code points past U+10FFFF.
  const unsigned char second = byte_at(text, offset + 1);
  const unsigned char lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < lowest || second > highest) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_continuation(byte_at(text, offset + i))) return 0;
  }
  return length;
}

char32_t code_point_of(std::string_view text, std::size_t offset, std::size_t length) {
  const auto bits = [&](std::size_t i) { return char32_t{byte_at(text, offset + i)} & 0x3F; };
  const char32_t lead = byte_at(text, offset);
  switch (length) {
    case 1:
      return lead;
    case 2:
      return (lead & 0x1F) << 6 | bits(1);
    case 3:
      return (lead & 0x0F) << 12 | bits(1) << 6 | bits(2);
    default:
      return (lead & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3);
  }
}

std::size_t next_offset(std::string_view text, std::size_t offset) {
  const std::size_t length = sequence_length(text, offset);
  return offset + (length == 0 ? 1 : length);
}

template <char32_t (*convert)(char32_t)>
std::string convert_each(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = sequence_length(text, offset);
    if (length == 0) {
      out.push_back(text[offset++]);  // an invalid byte stays as it is
      continue;
    }
    append(out, convert(code_point_of(text, offset, length)));
    offset += length;
  }
  return out;
}

// What drives a terminal or reorders what it shows: C0, C1, separators, bidirectional overrides and
// isolates.
bool is_unsafe_on_terminal(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

void append_escaped(std::string& out, char32_t c) {
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto number = static_cast<std::uint32_t>(c);
  out += c <= 0xFF ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{:04x}", number);
}

}  // namespace

std::size_t find_invalid(std::string_view text) {
  for (std::size_t offset = skip_ascii(text, 0); offset < text.size();) {
    const std::size_t length = sequence_length(text, offset);
    if (length == 0) return offset;
    offset += length;
    // Runs of letters beyond ASCII stay in this loop; the skipping loads pay only where ASCII goes
    // on.
    if (offset < text.size() && byte_at(text, offset) < 0x80) offset = skip_ascii(text, offset);
  }
  return std::string_view::npos;
}

char32_t decode(std::string_view text, std::size_t& offset) {
  const std::size_t length = sequence_length(text, offset);
  if (length == 0) {
    ++offset;
    return kReplacement;
  }
  const char32_t code_point = code_point_of(text, offset, length);
  offset += length;
  return code_point;
}

void append(std::string& out, char32_t code_point) {
  const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  const bool encodable = code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
  const char32_t c = encodable ? code_point : kReplacement;
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | c >> 6);
    push(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(0xE0 | c >> 12);
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  } else {
    push(0xF0 | c >> 18);
    push(0x80 | (c >> 12 & 0x3F));
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  }
}

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t ascii_end = skip_ascii(text, offset);
    count += ascii_end - offset;
    for (offset = ascii_end; offset < text.size() && byte_at(text, offset) >= 0x80; ++count) {
      offset = next_offset(text, offset);
    }
  }
  return count;
}

std::size_t offset_of(std::string_view text, std::size_t code_point_index) {
  std::size_t offset = 0;
  for (; code_point_index > 0 && offset < text.size(); --code_point_index) {
    offset = next_offset(text, offset);
  }
  return offset;
}

std::string_view prefix_of_bytes(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  const auto continues = [&text](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80;
  };
  std::size_t end = bytes;
  // No character has more than three bytes behind its first: bytes that are none are cut anywhere.
  while (end > 0 && bytes - end < 4 && continues(end)) --end;
  return text.substr(0, continues(end) ? bytes : end);
}

bool is_ascii(std::string_view text) { return skip_ascii(text, 0) == text.size(); }

bool is_alphanumeric(char32_t c) {
  if (c < 0x80) return text::is_ascii_alnum(static_cast<char>(c));
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

char32_t upper(char32_t c) {
  if (c < 0x80) return static_cast<unsigned char>(text::ascii_upper(static_cast<char>(c)));
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

char32_t lower(char32_t c) {
  if (c < 0x80) return static_cast<unsigned char>(text::ascii_lower(static_cast<char>(c)));
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

std::string to_upper(std::string_view text) { return convert_each<upper>(text); }
std::string to_lower(std::string_view text) { return convert_each<lower>(text); }

char32_t fold(char32_t c) {
  const char32_t folded = upper(c);
  return c >= 0x80 && folded < 0x80 ? c : folded;  // U+017F would become 'S', U+0131 'I'
}

bool equals_ignore_case(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const unsigned char first = byte_at(a, i);
    const unsigned char second = byte_at(b, j);
    if (first < 0x80 || second < 0x80) {
      // Folding never crosses the ASCII border, so bytes decide; a byte beyond ASCII equals none
      // here.
      if (text::ascii_lower(a[i]) != text::ascii_lower(b[j])) return false;
      ++i, ++j;
      continue;
    }
    const std::size_t first_length = sequence_length(a, i);
    const std::size_t second_length = sequence_length(b, j);
    if (first_length == 0 || second_length == 0) {
      if (first_length != second_length || first != second)
        return false;  // invalid bytes equal themselves only
      ++i, ++j;
      continue;
    }
    if (fold(code_point_of(a, i, first_length)) != fold(code_point_of(b, j, second_length)))
      return false;
    i += first_length;
    j += second_length;
  }
  return i == a.size() && j == b.size();
}

std::size_t display_width(char32_t c) {
  if (c < 0x80) return c >= 0x20 && c != 0x7F ? 1 : 0;
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
  return width > 0 ? static_cast<std::size_t>(width) : 0;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t offset = 0; offset < text.size();) width += display_width(decode(text, offset));
  return width;
}

std::string escape_for_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = sequence_length(text, offset);
    if (length == 0) {
      append_escaped(out, byte_at(text, offset++));
      continue;
    }
    const char32_t c = code_point_of(text, offset, length);
    if (is_unsafe_on_terminal(c)) {
      append_escaped(out, c);
    } else {
      out += text.substr(offset, length);
    }
    offset += length;
  }
  return out;
}

}  // namespace quarry::unicode
