// A query that has no expected answer but the one that it gives itself when its work is cut in
// another way (tests/differential/**.test, see tests/README.md).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::test {

struct DifferentialCase {
  std::size_t line = 0;
  std::string query;
  std::vector<std::string> arguments;  ///< more options for hq
  bool has_rows = true;                ///< an answer without rows would compare nothing
};

/// Throws FormatError.
std::vector<DifferentialCase> parse_differential_cases(std::string_view text);

}  // namespace quarry::test
