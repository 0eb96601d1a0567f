#include "tests/runner/kql_case.h"

#include "tests/runner/sections.h"

#include <fmt/format.h>

#include <charconv>

namespace quarry::test {
namespace {

/// Reads "12" up to `end` and steps over that character.
std::optional<std::size_t> take_number(std::string_view& text, char end) {
  std::size_t value = 0;
  const char* last = text.data() + text.size();
  const auto read = std::from_chars(text.data(), last, value);
  if (read.ec != std::errc{} || read.ptr == last || *read.ptr != end) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()) + 1);
  return value;
}

RowOrder parse_order(const Section& section) {
  if (section.text == "no") return RowOrder::kFree;
  if (section.text == "yes") return RowOrder::kFixed;
  throw FormatError(section.line, "ordered: is yes or no");
}

std::string chomp(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

class CaseReader {
 public:
  std::vector<KqlCase> read(std::string_view text) {
    for (const Section& section : read_sections(text)) take(section);
    finish();
    if (!next_arguments_.empty()) throw FormatError(1, "args: stands before the query it is for");
    return std::move(cases_);
  }

 private:
  void take(const Section& section) {
    if (section.key == "input" || section.key == "file") {
      take_input(section);
    } else if (section.key == "args") {
      next_arguments_ = split_words(section);
    } else if (section.key == "query") {
      finish();
      cases_.push_back({});
      KqlCase& test = cases_.back();
      test.line = section.line;
      test.query = chomp(section.text);
      test.inputs = inputs_;
      test.arguments = std::move(next_arguments_);
      next_arguments_.clear();
      inputs_are_used_ = true;
    } else {
      take_expectation(section);
    }
  }

  /// Inputs serve all queries below them, until other inputs follow a query.
  void take_input(const Section& section) {
    if (inputs_are_used_) inputs_.clear();
    inputs_are_used_ = false;
    const std::string text =
        section.has_body || section.text.empty() ? section.text : section.text + "\n";
    inputs_.push_back({section.name, text, section.key == "input"});
  }

  void take_expectation(const Section& section) {
    if (cases_.empty()) throw FormatError(section.line, section.key + ": before any query:");
    KqlCase& test = cases_.back();
    if (section.key == "error" || section.key == "warning") last_report_ = section.key;
    if (section.key == "output") {
      test.tables.push_back(parse_table(section.text, section.line));
    } else if (section.key == "error") {
      test.errors.push_back(parse_report(chomp(section.text)));
    } else if (section.key == "warning") {
      test.warnings.push_back(parse_report(chomp(section.text)));
    } else if (section.key == "hint") {
      take_hint(section);
    } else if (section.key == "ordered") {
      test.order = parse_order(section);
    } else if (section.key == "exit") {
      test.exit_status = static_cast<int>(parse_number(section));
    } else {
      throw FormatError(section.line, "unknown section: " + section.key);
    }
  }

  /// Belongs to the error or warning above it.
  void take_hint(const Section& section) {
    KqlCase& test = cases_.back();
    std::vector<Report>& reports = last_report_ == "error" ? test.errors : test.warnings;
    if (last_report_.empty() || reports.empty())
      throw FormatError(section.line, "hint: stands below the error: or warning: that it is for");
    reports.back().hint = chomp(section.text);
  }

  void finish() const {
    if (cases_.empty()) return;
    const KqlCase& last = cases_.back();
    if (last.tables.empty() && last.errors.empty()) {
      throw FormatError(last.line, "a query wants output: or error:");
    }
  }

  std::vector<KqlCase> cases_;
  std::string last_report_;  // "error" or "warning", whichever came last
  std::vector<InputFile> inputs_;
  std::vector<std::string> next_arguments_;
  bool inputs_are_used_ = false;
};

}  // namespace

std::vector<KqlCase> parse_kql_cases(std::string_view text) { return CaseReader().read(text); }

Report parse_report(std::string_view text) {
  std::string_view rest = text;
  const std::optional<std::size_t> line = take_number(rest, ':');
  const std::optional<std::size_t> column = line ? take_number(rest, ' ') : std::nullopt;
  if (!column) return {0, 0, std::string(text), {}};
  return {*line, *column, std::string(rest), {}};
}

std::string print_report(const Report& report) {
  const std::string hint = report.hint.empty() ? "" : "\nhint: " + report.hint;
  if (report.line == 0) return report.message + hint;
  return fmt::format("{}:{} {}{}", report.line, report.column, report.message, hint);
}

}  // namespace quarry::test
