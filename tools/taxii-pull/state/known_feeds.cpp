#include "tools/taxii-pull/state/known_feeds.h"

#include "common/base/private_file.h"
#include "common/base/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <system_error>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kShortestState = 6;  // characters of its name that tell it from others

}  // namespace

Result<std::string> states_folder(const Environment& environment) {
  const std::string folder = state_folder(environment);
  if (folder.empty())
    return fail(ErrorCode::kUsage,
                "there is no place for state: neither XDG_STATE_HOME nor HOME is set", "set HOME");
  return folder + "/taxii";
}

bool is_called(const Checkpoint& feed, const std::string& name) {
  const std::string state = feed.feed.folder();
  const bool shortened = name.size() >= kShortestState && state.starts_with(name);
  return feed.feed.server == name || shortened || feed.feed.collection == name ||
         feed.source == name || shown_name(feed) == name;
}

std::string shown_name(const Checkpoint& feed) {
  const std::string& place = feed.feed.server.empty() ? feed.feed.api_root : feed.feed.server;
  return fmt::format("{}: {}", place, feed.feed.collection);
}

std::string did_you_mean_state(const std::vector<Checkpoint>& feeds, const std::string& name) {
  std::vector<std::string> names;
  for (const Checkpoint& feed : feeds) {
    for (std::string each :
         {feed.feed.server, feed.feed.collection, feed.source, feed.feed.folder()})
      if (!each.empty()) names.push_back(std::move(each));
  }
  const auto near = nearest(name, std::span<const std::string>(names));
  const std::string list = "'taxii-pull state' lists them";
  return near ? fmt::format("did you mean '{}'? {}", *near, list) : list;
}

KnownFeeds known_feeds(const std::string& states) {
  KnownFeeds known;
  std::error_code error;
  std::vector<std::string> folders;
  std::filesystem::directory_iterator entry(states, error);
  if (error && error != std::errc::no_such_file_or_directory)
    known.errors.push_back(
        Error(ErrorCode::kData, "the states cannot be listed: " + error.message()).at(states));
  while (!error && entry != std::filesystem::directory_iterator()) {
    std::error_code unknown;
    if (entry->is_directory(unknown)) folders.push_back(entry->path().string());
    entry.increment(error);
    if (error)
      known.errors.push_back(
          Error(ErrorCode::kData, "the states cannot be listed: " + error.message()).at(states));
  }
  std::sort(folders.begin(), folders.end());
  for (const std::string& folder : folders) {
    Result<std::optional<Checkpoint>> checkpoint = read_checkpoint(folder + "/checkpoint.json");
    if (!checkpoint) known.errors.push_back(checkpoint.error());
    if (checkpoint && *checkpoint) known.feeds.push_back(**std::move(checkpoint));
  }
  return known;
}

}  // namespace quarry::taxii_pull
