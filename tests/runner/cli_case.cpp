#include "tests/runner/cli_case.h"

#include "tests/runner/sections.h"

#include <fmt/format.h>

namespace quarry::test {
namespace {

std::string chomp(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

/// `stdout: text` is one line; `stdout:` alone is nothing.
std::string whole_lines(const Section& section) {
  return section.has_body || section.text.empty() ? section.text : section.text + "\n";
}

class CaseReader {
 public:
  std::vector<CliCase> read(std::string_view text) {
    for (const Section& section : read_sections(text)) take(section);
    return std::move(cases_);
  }

 private:
  void take(const Section& section) {
    if (section.key == "file") {
      if (files_are_used_) files_.clear();
      files_are_used_ = false;
      files_.push_back({section.name, whole_lines(section)});
    } else if (section.key == "needs") {
      next_needs_ = split_words(section);
    } else if (section.key == "command") {
      cases_.push_back({});
      cases_.back().line = section.line;
      cases_.back().command = section.text;
      cases_.back().files = files_;
      cases_.back().needs = std::move(next_needs_);
      next_needs_.clear();
      files_are_used_ = true;
    } else {
      take_expectation(section);
    }
  }

  void take_expectation(const Section& section) {
    if (cases_.empty()) throw FormatError(section.line, section.key + ": before any command:");
    CliCase& test = cases_.back();
    const std::size_t space = section.key.find(' ');
    const std::string stream = section.key.substr(0, space);
    const std::string how = space == std::string::npos ? "" : section.key.substr(space + 1);
    if (section.key == "exit") {
      test.exit_status = static_cast<int>(parse_number(section));
    } else if ((stream != "stdout" && stream != "stderr") ||
               !expect(stream == "stdout" ? test.out : test.err, how, section)) {
      throw FormatError(section.line, "unknown section: " + section.key);
    }
  }

  static bool expect(StreamExpectation& stream, const std::string& how, const Section& section) {
    if (how.empty()) {
      stream.exact = whole_lines(section);
    } else if (how == "contains") {
      stream.parts.push_back(chomp(section.text));
    } else if (how == "lacks") {
      stream.absent.push_back(chomp(section.text));
    }
    return how.empty() || how == "contains" || how == "lacks";
  }

  std::vector<CliCase> cases_;
  std::vector<InputFile> files_;
  std::vector<std::string> next_needs_;
  bool files_are_used_ = false;
};

std::string judge_stream(std::string_view name, const StreamExpectation& wanted,
                         const std::string& text) {
  if (wanted.exact && *wanted.exact != text) {
    return fmt::format("{} differs; expected:\n{}", name, *wanted.exact);
  }
  for (const std::string& part : wanted.parts) {
    if (text.find(part) == std::string::npos) return fmt::format("{} lacks: {}", name, part);
  }
  for (const std::string& part : wanted.absent) {
    if (text.find(part) != std::string::npos) return fmt::format("{} contains: {}", name, part);
  }
  return "";
}

/// Where all went well, stderr is silent unless a test says otherwise.
StreamExpectation stderr_expectation(const CliCase& test) {
  StreamExpectation wanted = test.err;
  const bool says_nothing = !wanted.exact && wanted.parts.empty() && wanted.absent.empty();
  if (says_nothing && test.exit_status == 0) wanted.exact = "";
  return wanted;
}

}  // namespace

std::vector<CliCase> parse_cli_cases(std::string_view text) { return CaseReader().read(text); }

std::string judge(const CliCase& test, const Finished& finished) {
  std::string problem;
  if (finished.timed_out) problem = "timed out";
  if (problem.empty() && finished.exit_status != test.exit_status) {
    problem = fmt::format("exit status {} instead of {}", finished.exit_status, test.exit_status);
  }
  if (problem.empty()) problem = judge_stream("stdout", test.out, finished.out);
  if (problem.empty()) problem = judge_stream("stderr", stderr_expectation(test), finished.err);
  if (problem.empty()) return "";
  return fmt::format("{}\nstdout:\n{}\nstderr:\n{}", problem, finished.out, finished.err);
}

}  // namespace quarry::test
