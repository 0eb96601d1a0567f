// One query with its inputs and what it must answer, as written in tests/kql/**.test (see
// tests/README.md).
#pragma once

#include "tests/runner/table.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::test {

struct InputFile {
  std::string name;
  std::string text;
  bool is_argument = false;  ///< `input`: handed to the query; `file`: only there
};

/// An error or a warning: of a query (with its place, from 1) or of the run (line 0).
struct Report {
  std::size_t line = 0;
  std::size_t column = 0;
  std::string message;
  std::string hint{};  ///< empty in an expectation: nobody looks at it
};

struct KqlCase {
  std::size_t line = 0;  ///< of `query:`
  std::string query;
  std::vector<InputFile> inputs;
  std::vector<std::string> arguments;  ///< more options for hq
  RowOrder order = RowOrder::kFixed;
  std::vector<TestTable> tables;
  std::vector<Report> errors;
  std::vector<Report> warnings;
  std::optional<int> exit_status;
};

/// Throws FormatError.
std::vector<KqlCase> parse_kql_cases(std::string_view text);

/// "1:12 message" or "message".
Report parse_report(std::string_view text);
std::string print_report(const Report& report);

}  // namespace quarry::test
