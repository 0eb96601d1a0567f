// Independent cases, run on a few threads, reported in their order.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace quarry::test {

enum class Verdict { kPassed, kFailed, kSkipped };

struct Judgement {
  Verdict verdict = Verdict::kPassed;
  std::string text;  ///< why, for people
};

inline Judgement judged(std::string problem) {
  return {problem.empty() ? Verdict::kPassed : Verdict::kFailed, std::move(problem)};
}

struct Job {
  std::string label;  ///< file:line of the case
  std::function<Judgement()> work;
};

/// Prints what failed or was skipped, then "GROUP: N passed, N failed". Returns the number of
/// failures.
std::size_t run_jobs(const std::string& group, const std::vector<Job>& jobs, unsigned threads);

}  // namespace quarry::test
