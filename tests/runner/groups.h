// The groups of tests: where each finds its cases and how it runs one.
#pragma once

#include "tests/runner/jobs.h"
#include "tests/runner/runner.h"
#include "tests/runner/settings.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace quarry::test {

/// tests/kql/**.test below `folder`, each query in every shape: the answer must be the expected
/// one, and the same bytes. The runner must outlive the jobs.
std::vector<Job> kql_jobs(const Settings& settings, const std::filesystem::path& folder,
                          const Runner& runner, const std::vector<RunShape>& shapes);

/// tests/differential/**.test: queries over thousands of generated rows that must give the same
/// bytes in every shape; and one job that wants a file for every operator and plugin.
std::vector<Job> differential_jobs(const Settings& settings, const std::filesystem::path& folder,
                                   const std::vector<RunShape>& shapes);

/// tests/cli/**.test below `folder`: shell lines in a folder of their own.
std::vector<Job> cli_jobs(const Settings& settings, const std::filesystem::path& folder);

/// examples/*/: query.kql over the other files, against expected.txt.
std::vector<Job> example_jobs(const Settings& settings);

/// Marked code blocks of README files, and completions/ against what the tools generate.
std::vector<Job> document_jobs(const Settings& settings);

/// "tests/kql/string/trim.test:12", from the repository root.
std::string case_label(const Settings& settings, const std::filesystem::path& file,
                       std::size_t line);

}  // namespace quarry::test
