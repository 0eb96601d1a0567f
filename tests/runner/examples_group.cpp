#include "tests/runner/groups.h"
#include "tests/runner/subprocess.h"
#include "tests/runner/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace quarry::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWidth = "COLUMNS=100";

/// All but the query, its answer and its story is data.
std::vector<std::string> data_files(const fs::path& folder) {
  static const std::set<std::string> kOthers{"query.kql", "expected.txt", "README.md"};
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && !kOthers.contains(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Judgement run_example(const Settings& settings, const fs::path& folder) {
  const TemporaryFolder home;
  Command command{.words = {settings.hq(), "--format", "table", "-F", "query.kql"},
                  .environment = child_environment(settings, home.path()),
                  .folder = folder,
                  .timeout = settings.timeout};
  command.environment.emplace_back(kWidth);
  for (std::string& name : data_files(folder)) command.words.push_back(std::move(name));
  const Finished finished = run(command);
  if (finished.timed_out || finished.exit_status != 0) {
    return judged(fmt::format("exit status {}\n{}", finished.exit_status, finished.err));
  }
  const fs::path expected = folder / "expected.txt";
  if (settings.update) write_text(expected, finished.out);
  if (!fs::exists(expected)) return judged("expected.txt is missing; it printed\n" + finished.out);
  if (read_text(expected) == finished.out) return {};
  return judged("differs from expected.txt; it printed\n" + finished.out);
}

}  // namespace

std::vector<Job> example_jobs(const Settings& settings) {
  std::vector<Job> jobs;
  for (const fs::path& query : files_below(settings.source / "examples", "query.kql")) {
    const fs::path folder = query.parent_path();
    jobs.push_back({case_label(settings, folder, 0),
                    [settings, folder] { return run_example(settings, folder); }});
  }
  return jobs;
}

}  // namespace quarry::test
