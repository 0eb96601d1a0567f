#include "tests/runner/differential_case.h"

#include "tests/runner/sections.h"

namespace quarry::test {
namespace {

std::string chomp(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

std::vector<DifferentialCase> parse_differential_cases(std::string_view text) {
  std::vector<DifferentialCase> cases;
  std::vector<std::string> arguments;
  for (const Section& section : read_sections(text)) {
    if (section.key == "args") {
      arguments = split_words(section);
    } else if (section.key == "query") {
      cases.push_back({section.line, chomp(section.text), std::move(arguments), true});
      arguments.clear();
    } else if (section.key == "rows" && section.text == "none" && !cases.empty()) {
      cases.back().has_rows = false;
    } else {
      throw FormatError(section.line, "wants query:, args: before it, or rows: none behind it");
    }
  }
  return cases;
}

}  // namespace quarry::test
