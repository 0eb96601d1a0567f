#include "tests/runner/groups.h"
#include "tests/runner/judge.h"
#include "tests/runner/text_file.h"

#include <fmt/format.h>

namespace quarry::test {
namespace {

Judgement run_case(const KqlCase& test, const Runner& runner, const BatchSizes& sizes) {
  for (const std::optional<std::size_t>& size : sizes) {
    std::string problem = judge(test, runner.run(test, size));
    if (problem.empty()) continue;
    const std::string with = size ? fmt::format(" (batches of {} rows)", *size) : "";
    return judged(fmt::format("{}{}\n{}", test.query, with, problem));
  }
  return {};
}

}  // namespace

std::string case_label(const Settings& settings, const std::filesystem::path& file,
                       std::size_t line) {
  const std::string path = std::filesystem::absolute(file)
                               .lexically_normal()
                               .lexically_proximate(settings.source)
                               .generic_string();
  return line == 0 ? path : fmt::format("{}:{}", path, line);
}

std::vector<Job> kql_jobs(const Settings& settings, const std::filesystem::path& folder,
                          const Runner& runner, const BatchSizes& sizes) {
  std::vector<Job> jobs;
  for (const std::filesystem::path& file : files_below(folder, ".test")) {
    try {
      for (KqlCase& test : parse_kql_cases(read_text(file))) {
        const std::size_t line = test.line;
        jobs.push_back({case_label(settings, file, line), [test = std::move(test), &runner, sizes] {
                          return run_case(test, runner, sizes);
                        }});
      }
    } catch (const std::runtime_error& problem) {
      const std::string what = problem.what();
      jobs.push_back({case_label(settings, file, 0), [what] { return judged(what); }});
    }
  }
  return jobs;
}

}  // namespace quarry::test
