#include "tests/runner/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

namespace quarry::test {
namespace {

Judgement run_job(const Job& job) {
  try {
    return job.work();
  } catch (const std::exception& problem) {
    return {Verdict::kFailed, problem.what()};
  }
}

std::string indented(std::string_view text) {
  std::string out = "    ";
  while (text.ends_with('\n')) text.remove_suffix(1);
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

}  // namespace

std::size_t run_jobs(const std::string& group, const std::vector<Job>& jobs, unsigned threads) {
  std::vector<Judgement> judgements(jobs.size());
  std::atomic<std::size_t> next{0};
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(1U, threads); ++i) {
      workers.emplace_back([&] {
        for (std::size_t at = next++; at < jobs.size(); at = next++) {
          judgements[at] = run_job(jobs[at]);
        }
      });
    }
  }
  std::size_t passed = 0;
  std::size_t failed = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const Judgement& judgement = judgements[i];
    if (judgement.verdict == Verdict::kPassed) ++passed;
    if (judgement.verdict == Verdict::kFailed) ++failed;
    if (judgement.verdict == Verdict::kPassed) continue;
    const char* word = judgement.verdict == Verdict::kFailed ? "FAILED" : "skipped";
    fmt::print("{} {}\n{}\n", word, jobs[i].label, indented(judgement.text));
  }
  fmt::print("{}: {} passed, {} failed\n", group, passed, failed);
  return failed;
}

}  // namespace quarry::test
