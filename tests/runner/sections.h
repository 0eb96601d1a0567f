// The outer form of a .test file: sections that start at the left margin, bodies indented by two
// blanks.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::test {

struct Section {
  std::string key;   ///< "query", "input", "stderr contains"
  std::string name;  ///< the file of `input` and `file`
  std::string text;  ///< the body, every line ended by '\n'; or the text behind the colon, without
  bool has_body = false;  ///< the text stood on lines of its own
  std::size_t line = 0;
};

/// A .test file that cannot be read. The message begins with "line N: ".
class FormatError : public std::runtime_error {
 public:
  FormatError(std::size_t line, const std::string& what);
};

std::vector<Section> read_sections(std::string_view text);

/// Words of a line; quotes '…' and "…" keep blanks together.
std::vector<std::string> split_words(const Section& section);

long parse_number(const Section& section);

}  // namespace quarry::test
