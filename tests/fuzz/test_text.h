// A case in the form of tests/kql/**.test, ready to become one: inputs, schemas, query.
#pragma once

#include "tests/fuzz/engine/run.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fuzz {

struct TextCase {
  std::vector<InputTable> tables;
  std::vector<std::string> queries;
};

std::string print_case(const std::string& query, std::span<const InputTable> tables);
/// Reads what print_case() wrote, and any test of tests/kql (expectations are passed over).
/// Inputs serve all queries. Throws FormatError.
std::vector<TextCase> read_cases(std::string_view text);

/// Bytes as a body of `input NAME escaped:`.
std::string escaped_body(std::string_view bytes);

}  // namespace quarry::fuzz
