// One shell line and what it must print, as written in tests/cli/**.test (see tests/README.md).
#pragma once

#include "tests/runner/kql_case.h"
#include "tests/runner/subprocess.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::test {

/// What one stream must hold; nothing said: nothing asked.
struct StreamExpectation {
  std::optional<std::string> exact;
  std::vector<std::string> parts;
  std::vector<std::string> absent;
};

struct CliCase {
  std::size_t line = 0;
  std::string command;
  std::vector<InputFile> files;
  std::vector<std::string> needs;  ///< programs without which the case is skipped
  StreamExpectation out;
  StreamExpectation err;
  int exit_status = 0;
};

/// Throws FormatError.
std::vector<CliCase> parse_cli_cases(std::string_view text);

/// "" if all is as expected.
std::string judge(const CliCase& test, const Finished& finished);

}  // namespace quarry::test
