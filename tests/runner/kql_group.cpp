#include "tests/runner/groups.h"
#include "tests/runner/judge.h"
#include "tests/runner/text_file.h"

#include <fmt/format.h>

namespace quarry::test {
namespace {

Judgement run_case(const KqlCase& test, const Runner& runner, const std::vector<RunShape>& shapes) {
  std::optional<std::string> first;
  for (const RunShape& shape : shapes) {
    const Outcome outcome = runner.run(test, shape);
    std::string problem = judge(test, outcome);
    if (problem.empty() && first && *first != outcome.bytes)
      problem = other_bytes(*first, outcome.bytes, shapes.front());
    if (!first) first = outcome.bytes;
    if (problem.empty()) continue;
    const std::string with = print_shape(shape);
    return judged(
        fmt::format("{}{}\n{}", test.query, with.empty() ? "" : " (" + with + ")", problem));
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
                          const Runner& runner, const std::vector<RunShape>& shapes) {
  std::vector<Job> jobs;
  for (const std::filesystem::path& file : files_below(folder, ".test")) {
    try {
      for (KqlCase& test : parse_kql_cases(read_text(file))) {
        const std::size_t line = test.line;
        jobs.push_back(
            {case_label(settings, file, line),
             [test = std::move(test), &runner, shapes] { return run_case(test, runner, shapes); }});
      }
    } catch (const std::runtime_error& problem) {
      const std::string what = problem.what();
      jobs.push_back({case_label(settings, file, 0), [what] { return judged(what); }});
    }
  }
  return jobs;
}

}  // namespace quarry::test
