// Writing JSON text: strings, compact copies, what parse_json() and tostring() make.

#include "common/base/unicode.h"
#include "common/value/dynamic.h"
#include "common/value/json_scan.h"

#include <algorithm>
#include <bit>

namespace quarry {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
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
  const auto byte = static_cast<unsigned char>(c);
  const char escape[]{'\\', 'u', '0', '0', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
  out.append(escape, sizeof escape);
}

/// Text without anything to escape but beyond ASCII: code points as they are, U+FFFD for bytes that
/// are none.
void append_beyond_ascii(std::string& out, std::string_view run) {
  while (true) {
    const std::size_t invalid = unicode::find_invalid(run);
    out += run.substr(0, invalid);
    if (invalid == std::string_view::npos) return;
    unicode::append(out, unicode::kReplacement);
    run.remove_prefix(invalid + 1);
  }
}

/// Four hex digits at `at`, or -1.
int parse_hex4(std::string_view raw, std::size_t at) {
  if (raw.size() < 4 || at > raw.size() - 4) return -1;
  int value = 0;
  for (const char c : raw.substr(at, 4)) {
    int digit;
    if (c >= '0' && c <= '9')
      digit = c - '0';
    else if (c >= 'a' && c <= 'f')
      digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F')
      digit = c - 'A' + 10;
    else
      return -1;
    value = value * 16 + digit;
  }
  return value;
}

/// `at` is behind "\u". Moves past what belongs to the escape (both halves of a surrogate pair).
char32_t decode_unicode_escape(std::string_view raw, std::size_t& at) {
  const int first = parse_hex4(raw, at);
  if (first < 0) return unicode::kReplacement;
  at += 4;
  if (first < 0xD800 || first > 0xDFFF) return static_cast<char32_t>(first);
  if (first > 0xDBFF || raw.substr(at, 2) != "\\u") return unicode::kReplacement;
  const int second = parse_hex4(raw, at + 2);
  if (second < 0xDC00 || second > 0xDFFF) return unicode::kReplacement;
  at += 6;
  return static_cast<char32_t>(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
}

/// `at` is behind the backslash.
char32_t decode_escape(std::string_view raw, std::size_t& at) {
  if (at == raw.size()) return unicode::kReplacement;
  switch (raw[at++]) {
    case '"':
      return U'"';
    case '\\':
      return U'\\';
    case '/':
      return U'/';
    case 'b':
      return U'\b';
    case 'f':
      return U'\f';
    case 'n':
      return U'\n';
    case 'r':
      return U'\r';
    case 't':
      return U'\t';
    case 'u':
      return decode_unicode_escape(raw, at);
    default:
      return unicode::kReplacement;
  }
}

/// Escapes that hide a character which could stand for itself.
bool has_hiding_escape(std::string_view json) {
  return json.find("\\u") != std::string_view::npos || json.find("\\/") != std::string_view::npos;
}

/// Copies JSON without blanks; texts are spelled as append_json_string() does.
void append_respelled(std::string& out, std::string_view json) {
  std::string text;
  while (true) {
    const std::size_t quote = json.find('"');
    out += json.substr(0, quote);
    if (quote == std::string_view::npos) return;
    json.remove_prefix(quote);
    const std::size_t size = std::min(skip_json_value(json), json.size());
    const std::string_view string = json.substr(0, size);
    if (size < 2 || !has_hiding_escape(string)) {
      out += string;
    } else {
      text.clear();
      decode_json_string(string.substr(1, size - 2), text);
      append_json_string(out, text);
    }
    json.remove_prefix(size);
  }
}

}  // namespace

void decode_json_string(std::string_view raw, std::string& out) {
  std::size_t at = 0;
  while (true) {
    const std::size_t escape = raw.find('\\', at);
    out += raw.substr(at, escape == std::string_view::npos ? escape : escape - at);
    if (escape == std::string_view::npos) return;
    at = escape + 1;
    unicode::append(out, decode_escape(raw, at));
  }
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  const char* p = text.data();
  const char* const end = p + text.size();
  while (true) {
    const char* const stop = json_scan::find_not_plain(p, end);
    out.append(p, static_cast<std::size_t>(stop - p));
    if (stop == end) break;
    if (static_cast<unsigned char>(*stop) >= 0x80) {
      p = json_scan::find_must_escape(stop, end);
      append_beyond_ascii(out, {stop, static_cast<std::size_t>(p - stop)});
    } else {
      append_escape(out, *stop);
      p = stop + 1;
    }
  }
  out += '"';
}

std::size_t skip_json_value(std::string_view text) {
  const char* const end = json_scan::skip_value(text.data(), text.data() + text.size());
  return end == nullptr ? std::string_view::npos : static_cast<std::size_t>(end - text.data());
}

void append_compact_json(std::string& out, std::string_view json) {
  json_scan::BlockReader reader;
  for (std::size_t at = 0; at < json.size(); at += json_scan::BlockReader::kSize) {
    const std::string_view part = json.substr(at, json_scan::BlockReader::kSize);
    std::uint64_t blank = reader.read(part.data(), part.size()).blank;
    if (part.size() < 64) blank &= (std::uint64_t{1} << part.size()) - 1;
    std::size_t copied = 0;
    for (; blank != 0; blank &= blank - 1) {
      const auto next = static_cast<std::size_t>(std::countr_zero(blank));
      out += part.substr(copied, next - copied);
      copied = next + 1;
    }
    out += part.substr(copied);
  }
}

void append_parsed_json(std::string& out, std::string_view text) {
  if (text.empty())
    out += "null";
  else if (is_valid_json(text))
    out += json_scan::trim(text);
  else
    append_json_string(out, text);
}

void append_dynamic_as_text(std::string& out, const DynamicView& value) {
  switch (value.kind()) {
    case DynamicKind::kNull:
      return;
    case DynamicKind::kBool:
    case DynamicKind::kLong:
    case DynamicKind::kReal:
      out += value.json();
      return;
    case DynamicKind::kString:
      decode_json_string(value.json().substr(1, value.json().size() - 2), out);
      return;
    case DynamicKind::kArray:
    case DynamicKind::kBag:
      break;
  }
  if (!has_hiding_escape(value.json())) return append_compact_json(out, value.json());
  std::string compact;
  append_compact_json(compact, value.json());
  append_respelled(out, compact);
}

}  // namespace quarry
