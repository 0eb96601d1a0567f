#include "tests/runner/judge.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::test {
namespace {

constexpr std::string_view kOpenEnd = "...";

/// An expected message that ends in "..." wants only its beginning; one without a place fits any.
bool fits(const Report& expected, const Report& actual) {
  if (expected.line != 0 && (expected.line != actual.line || expected.column != actual.column)) {
    return false;
  }
  if (!expected.hint.empty() && expected.hint != actual.hint) return false;
  const std::string_view wanted = expected.message;
  if (!wanted.ends_with(kOpenEnd)) return wanted == actual.message;
  return actual.message.starts_with(wanted.substr(0, wanted.size() - kOpenEnd.size()));
}

std::string judge_errors(const KqlCase& test, const Outcome& outcome) {
  const bool same = std::equal(test.errors.begin(), test.errors.end(), outcome.errors.begin(),
                               outcome.errors.end(), fits);
  return same ? "" : "the errors differ";
}

/// Warnings that a test does not name are nobody's business: exactness would freeze their wording
/// everywhere.
std::string judge_warnings(const KqlCase& test, const Outcome& outcome) {
  for (const Report& wanted : test.warnings) {
    const bool found = std::any_of(outcome.warnings.begin(), outcome.warnings.end(),
                                   [&](const Report& actual) { return fits(wanted, actual); });
    if (!found) return "missing warning: " + print_report(wanted);
  }
  return "";
}

std::string judge_tables(const KqlCase& test, const Outcome& outcome) {
  if (test.tables.size() != outcome.tables.size()) {
    return fmt::format("{} results instead of {}", outcome.tables.size(), test.tables.size());
  }
  for (std::size_t i = 0; i < test.tables.size(); ++i) {
    std::string found = difference(test.tables[i], outcome.tables[i], test.order);
    if (!found.empty()) return found;
  }
  return "";
}

std::string judge_status(const KqlCase& test, const Outcome& outcome) {
  if (!outcome.exit_status) return "";
  const int usual = test.errors.empty() ? 0 : 2;
  const int wanted = test.exit_status.value_or(usual);
  if (*outcome.exit_status == wanted) return "";
  return fmt::format("exit status {} instead of {}", *outcome.exit_status, wanted);
}

std::string print_outcome(const Outcome& outcome) {
  std::string text;
  for (const TestTable& table : outcome.tables) text += "output:\n" + print_table(table);
  for (const Report& report : outcome.errors) text += "error: " + print_report(report) + "\n";
  for (const Report& report : outcome.warnings) text += "warning: " + print_report(report) + "\n";
  return text;
}

}  // namespace

std::string other_bytes(std::string_view first, std::string_view actual, const RunShape& shape) {
  std::size_t line = 1;
  while (true) {
    const std::string_view wanted = first.substr(0, first.find('\n'));
    const std::string_view given = actual.substr(0, actual.find('\n'));
    if (wanted != given || first.empty() || actual.empty()) {
      const std::string with = print_shape(shape);
      return fmt::format(
          "line {} differs from that of the first run ({})\n  first: {}\n  now:   {}", line,
          with.empty() ? "as the program likes it" : with, wanted, given);
    }
    first.remove_prefix(std::min(first.size(), wanted.size() + 1));
    actual.remove_prefix(std::min(actual.size(), given.size() + 1));
    ++line;
  }
}

std::string judge(const KqlCase& test, const Outcome& outcome) {
  std::string found = outcome.trouble;
  for (const auto& question : {judge_errors, judge_tables, judge_warnings, judge_status}) {
    if (found.empty()) found = question(test, outcome);
  }
  return found.empty() ? "" : found + "\n" + print_outcome(outcome);
}

}  // namespace quarry::test
