#include "tests/runner/cli_case.h"
#include "tests/runner/groups.h"
#include "tests/runner/text_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

namespace quarry::test {
namespace {

namespace fs = std::filesystem;

bool is_on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((fs::path(folder) / program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

/// A chroot without /dev/pts has none.
bool has_terminals() {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0) return false;
  const char* const name = ptsname(master);
  const bool usable = name != nullptr && access(name, R_OK | W_OK) == 0;
  close(master);
  return usable;
}

Judgement run_case(const Settings& settings, const CliCase& test) {
  for (const std::string& need : test.needs) {
    if (need == "terminal") {
      if (!has_terminals()) return {Verdict::kSkipped, "there are no pseudo-terminals"};
    } else if (!is_on_path(need)) {
      return {Verdict::kSkipped, need + " is not installed"};
    }
  }
  const TemporaryFolder folder;
  for (const InputFile& file : test.files) write_text(folder.path() / file.name, file.text);
  const Command command{.words = {"/bin/sh", "-c", test.command},
                        .environment = child_environment(settings, folder.path()),
                        .folder = folder.path(),
                        .timeout = settings.timeout};
  std::string problem = judge(test, run(command));
  return judged(problem.empty() ? "" : test.command + "\n" + problem);
}

}  // namespace

std::vector<Job> cli_jobs(const Settings& settings, const fs::path& folder) {
  std::vector<Job> jobs;
  for (const fs::path& file : files_below(folder, ".test")) {
    try {
      for (CliCase& test : parse_cli_cases(read_text(file))) {
        const std::size_t line = test.line;
        jobs.push_back({case_label(settings, file, line),
                        [test = std::move(test), settings] { return run_case(settings, test); }});
      }
    } catch (const std::runtime_error& problem) {
      const std::string what = problem.what();
      jobs.push_back({case_label(settings, file, 0), [what] { return judged(what); }});
    }
  }
  return jobs;
}

}  // namespace quarry::test
