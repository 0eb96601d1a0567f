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
  BatchSizes batch_sizes{std::nullopt};
  unsigned threads = 2;
  std::vector<std::string> targets;  ///< groups, folders or .test files
};

inline constexpr const char* kUsage =
    "usage: quarry_test_runner --bin FOLDER --source FOLDER [--filter TEXT] [--threads N]\n"
    "         [--timeout SECONDS] [--batch-rows default,1,1023] [--spill-bytes N]\n"
    "         [--update] TARGET...\n"
    "TARGET: kql, cli, examples, docs, or a .test file or folder below tests/\n"
    "--update: write expected.txt of the examples and completions/ as the tools print them now\n";

/// nullopt where the usage should be shown.
std::optional<Options> parse_options(int argc, char** argv);

}  // namespace quarry::test
