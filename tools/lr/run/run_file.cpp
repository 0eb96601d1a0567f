#include "tools/lr/run/run_file.h"

#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/journal/chain.h"
#include "common/time/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace quarry::lr {

Result<journal::Journal> open_run(cli::Invocation& invocation, const std::string& run,
                                  const net::Clock& clock) {
  QUARRY_TRY(std::string path, journal::run_path(state_folder(invocation.environment()), run));
  QUARRY_TRY(
      journal::Journal journal,
      journal::Journal::open({.path = std::move(path),
                              .tool = "lr",
                              .run = run,
                              .by = journal::current_user(),
                              .now = [&clock] {
                                return static_cast<std::int64_t>(
                                           clock.wall() * static_cast<double>(kTicksPerSecond)) +
                                       kUnixEpochTicks;
                              }}));
  if (!journal.note().empty()) invocation.run_context().warn(journal.note());
  return journal;
}

Result<std::vector<journal::Entry>> read_entries(cli::Invocation& invocation,
                                                 const std::string& run) {
  QUARRY_TRY(const std::string path,
             journal::run_path(state_folder(invocation.environment()), run));
  if (!std::filesystem::exists(path))
    return fail(
        Error(ErrorCode::kUsage, fmt::format("no run is called {}", run), "lr status lists them")
            .at(path));
  QUARRY_TRY(const std::string text, read_file(path));
  QUARRY_TRY(journal::Chain chain, journal::read_chain(text, path));
  return std::move(chain.entries);
}

Result<RunHistory> read_run(cli::Invocation& invocation, const std::string& run) {
  QUARRY_TRY(const std::vector<journal::Entry> entries, read_entries(invocation, run));
  return read_history(entries, run);
}

std::vector<std::string> all_runs(const Environment& environment) {
  std::vector<std::string> runs;
  std::error_code none;
  const std::filesystem::path folder = state_folder(environment) + "/runs";
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    if (entry.path().extension() == ".ndjson") runs.push_back(entry.path().stem().string());
  }
  std::sort(runs.begin(), runs.end());
  return runs;
}

}  // namespace quarry::lr
