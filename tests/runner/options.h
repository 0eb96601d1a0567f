// The command line of the test runner.
#pragma once

#include "tests/runner/groups.h"

#include <optional>
#include <string>
#include <vector>

namespace quarry::test {

struct Options {
  Settings settings;
  std::string filter;
  ShapeValues batch_sizes{std::nullopt};
  ShapeValues threads{std::nullopt};  ///< of a query
  unsigned jobs = 2;                  ///< cases at a time
  std::vector<std::string> targets;   ///< groups, folders or .test files
};

inline constexpr const char* kUsage =
    "usage: quarry_test_runner --bin FOLDER --source FOLDER [--filter TEXT] [--jobs N]\n"
    "         [--timeout SECONDS] [--batch-rows default,1,1023] [--threads default,1,7]\n"
    "         [--spill-bytes N] [--update] TARGET...\n"
    "TARGET: kql, differential, cli, examples, docs, or a .test file or folder below tests/\n"
    "--batch-rows, --threads: kql and differential run each query with every pair of them\n"
    "--update: write expected.txt of the examples and completions/ as the tools print them now\n";

/// nullopt where the usage should be shown.
std::optional<Options> parse_options(int argc, char** argv);

}  // namespace quarry::test
