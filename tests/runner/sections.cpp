#include "tests/runner/sections.h"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

namespace quarry::test {
namespace {

constexpr std::string_view kIndent = "  ";
constexpr std::string_view kEscaped = " escaped";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// "input T.ndjson escaped: …" -> a section; whether its body is escaped is handed back.
Section read_head(std::string_view line, std::size_t number, bool& escaped) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || line[0] < 'a' || line[0] > 'z') {
    throw FormatError(number, fmt::format("neither a section nor indented: {}", line));
  }
  std::string_view head = line.substr(0, colon);
  escaped = head.ends_with(kEscaped);
  if (escaped) head.remove_suffix(kEscaped.size());
  Section section;
  section.line = number;
  section.key = head;
  for (const std::string_view named : {"input ", "file "}) {
    if (!head.starts_with(named)) continue;
    section.key = named.substr(0, named.size() - 1);
    section.name = head.substr(named.size());
  }
  const std::string_view rest = line.substr(colon + 1);
  if (!is_blank(rest)) section.text = rest.substr(rest[0] == ' ' ? 1 : 0);
  return section;
}

/// Resolves \n \t \r \\ \xHH; a backslash at the end of a line joins it with the next.
std::string unescape(std::string_view text, std::size_t line) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      out += text[at];
      continue;
    }
    const char kind = ++at < text.size() ? text[at] : '\0';
    unsigned byte = 0;
    switch (kind) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'r':
        out += '\r';
        break;
      case '\\':
        out += '\\';
        break;
      case '\n':
        break;
      case 'x': {
        const std::string_view digits = text.substr(at + 1, 2);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (read.ptr != digits.data() + 2) throw FormatError(line, "\\x wants two digits");
        out += static_cast<char>(byte);
        at += 2;
        break;
      }
      default:
        throw FormatError(line, fmt::format("unknown escape \\{}", kind));
    }
  }
  return out;
}

class Reader {
 public:
  std::vector<Section> read(std::string_view text) {
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) {
      ++number_;
      take(line);
    }
    finish();
    return std::move(sections_);
  }

 private:
  void take(std::string_view line) {
    if (is_blank(line)) {
      ++blank_lines_;
    } else if (line.starts_with(kIndent)) {
      take_body(line.substr(kIndent.size()));
    } else if (line[0] != '#') {
      finish();
      sections_.push_back(read_head(line, number_, escaped_));
      is_open_ = true;
    }
  }

  void take_body(std::string_view line) {
    if (!is_open_) throw FormatError(number_, "an indented line outside of any section");
    Section& section = sections_.back();
    if (!section.has_body && !section.text.empty()) {
      throw FormatError(number_, "a section has its text either behind the colon or below");
    }
    if (section.has_body) section.text.append(blank_lines_, '\n');
    section.has_body = true;
    section.text.append(line).append("\n");
    blank_lines_ = 0;
  }

  void finish() {
    if (is_open_ && escaped_) {
      sections_.back().text = unescape(sections_.back().text, sections_.back().line);
    }
    is_open_ = false;
    blank_lines_ = 0;
  }

  std::vector<Section> sections_;
  std::size_t number_ = 0;
  std::size_t blank_lines_ = 0;
  bool is_open_ = false;
  bool escaped_ = false;
};

}  // namespace

FormatError::FormatError(std::size_t line, const std::string& what)
    : std::runtime_error(fmt::format("line {}: {}", line, what)) {}

std::vector<Section> read_sections(std::string_view text) { return Reader().read(text); }

std::vector<std::string> split_words(const Section& section) {
  std::vector<std::string> words;
  char quote = '\0';
  bool in_word = false;
  for (const char c : section.text) {
    if (quote == '\0' && (c == ' ' || c == '\n' || c == '\t')) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  if (quote != '\0') throw FormatError(section.line, "a quote is not closed");
  return words;
}

long parse_number(const Section& section) {
  long value = 0;
  const char* end = section.text.data() + section.text.size();
  if (std::from_chars(section.text.data(), end, value).ptr != end || section.text.empty()) {
    throw FormatError(section.line, fmt::format("not a number: {}", section.text));
  }
  return value;
}

}  // namespace quarry::test
