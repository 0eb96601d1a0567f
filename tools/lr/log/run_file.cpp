#include "tools/lr/log/run_file.h"

#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/base/suggest.h"
#include "common/journal/chain.h"
#include "common/time/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

namespace quarry::lr {
namespace {

constexpr std::size_t kRunsShown = 5;

/// The latest of them.
std::string in_words(std::span<const std::string> runs) {
  std::string text;
  const std::size_t shown = std::min(kRunsShown, runs.size());
  for (const std::string& run : runs.last(shown)) text += (text.empty() ? "" : ", ") + run;
  return runs.size() > shown ? text + ", …" : text;
}

}  // namespace

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

Result<std::string> find_run(const cli::Invocation& invocation, const std::string& word) {
  const std::vector<std::string> runs = all_runs(invocation.environment());
  std::vector<std::string> found;
  for (const std::string& run : runs) {
    if (run == word) return run;
    if (run.starts_with(word)) found.push_back(run);
  }
  if (found.size() == 1) return found.front();
  if (!found.empty())
    return fail(ErrorCode::kUsage, fmt::format("{} runs begin with '{}'", found.size(), word),
                in_words(found));
  std::string hint = "lr status lists them";
  if (const auto near = nearest(word, runs)) {
    hint = fmt::format("did you mean '{}'?", *near);
  } else if (!runs.empty()) {
    hint = fmt::format("the latest: {}", in_words(runs));
  }
  return fail(ErrorCode::kData, fmt::format("no run is called {}", word), std::move(hint));
}

Result<std::vector<journal::Entry>> read_entries(cli::Invocation& invocation,
                                                 const std::string& run) {
  QUARRY_TRY(const std::string name, find_run(invocation, run));
  QUARRY_TRY(const std::string path,
             journal::run_path(state_folder(invocation.environment()), name));
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
  std::filesystem::directory_iterator entry(folder, none);
  for (; !none && entry != std::filesystem::directory_iterator(); entry.increment(none)) {
    if (entry->path().extension() == ".ndjson") runs.push_back(entry->path().stem().string());
  }
  std::sort(runs.begin(), runs.end());
  return runs;
}

}  // namespace quarry::lr
