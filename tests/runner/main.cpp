// Runs the tests that are data: queries, command lines, examples, documents. The last line of each
// target counts.
#include "tests/runner/options.h"

#include <fmt/format.h>

#include <cstdio>

namespace {

using namespace quarry::test;

std::vector<Job> jobs_of(const Options& options, const std::string& target, const Runner& runner) {
  const Settings& settings = options.settings;
  const std::filesystem::path tests = settings.source / "tests";
  const std::vector<RunShape> shapes = shapes_of(options.batch_sizes, options.threads);
  if (target == "kql") return kql_jobs(settings, tests / "kql", runner, shapes);
  if (target == "differential") return differential_jobs(settings, tests / "differential", shapes);
  if (target == "cli") return cli_jobs(settings, tests / "cli");
  if (target == "examples") return example_jobs(settings);
  if (target == "docs") return document_jobs(settings);
  if (!std::filesystem::exists(target)) {
    return {{target, [] { return judged("no such group, file or folder"); }}};
  }
  const std::string label = case_label(settings, target, 0);
  if (label.starts_with("tests/cli")) return cli_jobs(settings, target);
  if (label.starts_with("tests/differential")) return differential_jobs(settings, target, shapes);
  return kql_jobs(settings, target, runner, shapes);
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = parse_options(argc, argv);
  if (!options) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  const std::unique_ptr<Runner> runner = make_process_runner(options->settings);
  std::size_t failed = 0;
  for (const std::string& target : options->targets) {
    std::vector<Job> jobs = jobs_of(*options, target, *runner);
    std::erase_if(
        jobs, [&](const Job& job) { return job.label.find(options->filter) == std::string::npos; });
    failed += run_jobs(target, jobs, options->jobs);
  }
  return failed == 0 ? 0 : 1;
}
