#include "tools/taxii-pull/state/stored_feeds.h"

#include <algorithm>

namespace quarry::taxii_pull {

Result<std::vector<Checkpoint>> chosen_feeds(const cli::Invocation& invocation) {
  QUARRY_TRY(const std::string states, states_folder(invocation.environment()));
  KnownFeeds known = known_feeds(states);
  for (const Error& error : known.errors) return fail(error);
  const auto names = invocation.arguments();
  const auto is_named = [&names](const std::string& text) {
    return std::find(names.begin(), names.end(), text) != names.end();
  };
  if (!names.empty()) {
    std::erase_if(known.feeds, [&](const Checkpoint& feed) {
      return !is_named(feed.feed.server) && !is_named(feed.feed.folder()) &&
             !is_named(feed.feed.collection);
    });
  }
  if (known.feeds.empty())
    return fail(ErrorCode::kData, "nothing has been pulled that this could be about",
                "'taxii-pull state' lists what has");
  return std::move(known.feeds);
}

Result<void> for_each_feed(const cli::Invocation& invocation,
                           const std::function<Result<void>(FeedStore& store)>& work) {
  QUARRY_TRY(const std::vector<Checkpoint> feeds, chosen_feeds(invocation));
  QUARRY_TRY(const std::string states, states_folder(invocation.environment()));
  for (const Checkpoint& feed : feeds) {
    QUARRY_TRY(const auto store, FeedStore::open(states, feed.feed, LockedFile::Wait::kForLock));
    QUARRY_CHECK(work(*store));
  }
  return ok();
}

}  // namespace quarry::taxii_pull
