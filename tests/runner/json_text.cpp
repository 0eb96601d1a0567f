#include "tests/runner/json_text.h"

#include <fmt/format.h>

#include <charconv>

namespace quarry::test::json {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void skip_blanks(std::string_view text, std::size_t& at) {
  while (at < text.size() && is_blank(text[at])) ++at;
}

bool skip_string(std::string_view text, std::size_t& at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      ++at;
      return true;
    }
  }
  return false;
}

bool skip_nested(std::string_view text, std::size_t& at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      if (!skip_string(text, at)) return false;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    ++at;
    if ((c == '}' || c == ']') && --depth == 0) return true;
  }
  return false;
}

bool take(std::string_view text, std::size_t& at, char wanted) {
  skip_blanks(text, at);
  if (at >= text.size() || text[at] != wanted) return false;
  ++at;
  return true;
}

void append_utf8(std::string& out, unsigned code) {
  const auto put = [&](unsigned byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

/// The four digits behind "\u"; nullopt where they are not there.
std::optional<unsigned> hex4(std::string_view text, std::size_t at) {
  unsigned code = 0;
  if (at + 4 > text.size()) return std::nullopt;
  const char* end = text.data() + at + 4;
  const auto read = std::from_chars(text.data() + at, end, code, 16);
  return read.ptr == end ? std::optional(code) : std::nullopt;
}

/// `at` stands on the 'u'; moves to the last character of the escape (a pair of surrogates is one).
bool decode_unicode(std::string_view body, std::size_t& at, std::string& out) {
  std::optional<unsigned> code = hex4(body, at + 1);
  if (!code) return false;
  at += 4;
  if (*code >= 0xD800 && *code < 0xDC00 && body.substr(at + 1, 2) == "\\u") {
    if (const std::optional<unsigned> low = hex4(body, at + 3)) {
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
      at += 6;
    }
  }
  append_utf8(out, *code);
  return true;
}

constexpr std::string_view kEscapes = "\"\\/bfnrt";
constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";

}  // namespace

std::optional<std::string_view> cut_value(std::string_view text, std::size_t& at) {
  skip_blanks(text, at);
  const std::size_t start = at;
  if (at >= text.size()) return std::nullopt;
  if (text[at] == '"') {
    if (!skip_string(text, at)) return std::nullopt;
  } else if (text[at] == '{' || text[at] == '[') {
    if (!skip_nested(text, at)) return std::nullopt;
  } else {
    constexpr std::string_view kEnds = " \t\r\n,]}:";
    while (at < text.size() && kEnds.find(text[at]) == std::string_view::npos) ++at;
  }
  if (at == start) return std::nullopt;
  return text.substr(start, at - start);
}

std::optional<Members> members(std::string_view text) {
  Members all;
  std::size_t at = 0;
  if (!take(text, at, '{')) return std::nullopt;
  if (take(text, at, '}')) return all;
  do {
    const std::optional<std::string_view> key = cut_value(text, at);
    std::optional<std::string> name = key ? decode(*key) : std::nullopt;
    if (!name || !take(text, at, ':')) return std::nullopt;
    const std::optional<std::string_view> value = cut_value(text, at);
    if (!value) return std::nullopt;
    all.emplace_back(std::move(*name), *value);
  } while (take(text, at, ','));
  if (!take(text, at, '}')) return std::nullopt;
  return all;
}

std::optional<std::vector<std::string_view>> elements(std::string_view text) {
  std::vector<std::string_view> all;
  std::size_t at = 0;
  if (!take(text, at, '[')) return std::nullopt;
  if (take(text, at, ']')) return all;
  do {
    const std::optional<std::string_view> value = cut_value(text, at);
    if (!value) return std::nullopt;
    all.push_back(*value);
  } while (take(text, at, ','));
  if (!take(text, at, ']')) return std::nullopt;
  return all;
}

std::string_view find(const Members& members, std::string_view key) {
  for (const auto& [name, value] : members) {
    if (name == key) return value;
  }
  return {};
}

std::optional<std::string> decode(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '"' || raw.back() != '"') return std::nullopt;
  const std::string_view body = raw.substr(1, raw.size() - 2);
  std::string out;
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (body[at] != '\\') {
      out += body[at];
      continue;
    }
    if (++at >= body.size()) return std::nullopt;
    if (body[at] == 'u') {
      if (!decode_unicode(body, at, out)) return std::nullopt;
      continue;
    }
    const std::size_t kind = kEscapes.find(body[at]);
    if (kind == std::string_view::npos) return std::nullopt;
    out += kMeanings[kind];
  }
  return out;
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const std::size_t kind = kMeanings.find(c);
    if (kind != std::string_view::npos && c != '/') {
      out += '\\';
      out += kEscapes[kind];
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string compact(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t start = at;
    if (raw[at] == '"') {
      skip_string(raw, at);
      out += raw.substr(start, at - start);
    } else if (is_blank(raw[at])) {
      ++at;
    } else {
      out += raw[at++];
    }
  }
  return out;
}

}  // namespace quarry::test::json
