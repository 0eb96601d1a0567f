#include "tools/taxii-pull/state/known_feeds.h"

#include "common/base/private_file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace quarry::taxii_pull {

Result<std::string> states_folder(const Environment& environment) {
  const std::string folder = state_folder(environment);
  if (folder.empty())
    return fail(ErrorCode::kUsage,
                "there is no place for state: neither XDG_STATE_HOME nor HOME is set", "set HOME");
  return folder + "/taxii";
}

KnownFeeds known_feeds(const std::string& states) {
  KnownFeeds known;
  std::error_code error;
  std::vector<std::string> folders;
  for (const auto& entry : std::filesystem::directory_iterator(states, error)) {
    if (entry.is_directory()) folders.push_back(entry.path().string());
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
