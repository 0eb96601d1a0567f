// The pulled collections that export and report are about.
#pragma once

#include "common/cli/invocation.h"
#include "tools/taxii-pull/state/feed_store.h"
#include "tools/taxii-pull/stix/version_index.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace quarry::taxii_pull {

/// Those whose server, state or collection is among the arguments; without arguments all. kData
/// where nothing was ever pulled from one that is named, or from any. What lacks objects because
/// its pull never came to its end is reported: the command ends in 3 then.
Result<std::vector<Checkpoint>> chosen_feeds(cli::Invocation& invocation);

/// Which of several collections has the newest version of an object that they share: one that is
/// revoked before others, then by its version, then the collection that was given later.
class NewestAmong {
 public:
  /// The objects of one collection more.
  Result<void> add(FeedStore& store);
  /// Whether the object, of the collection that was the `number`th to be added, counts.
  bool is_in(stix::ObjectReader& object, std::size_t number);

 private:
  stix::VersionIndex index_;
  std::size_t added_ = 0;
};

/// One of the chosen collections.
class StoredFeed {
 public:
  FeedStore& store() { return store_; }
  /// The newest version of each object, where no other chosen collection has a newer one.
  Result<void> for_each_newest(const std::function<Result<void>(stix::ObjectReader&)>& visit);

 private:
  friend Result<void> for_each_feed(cli::Invocation& invocation,
                                    const std::function<Result<void>(StoredFeed& feed)>& work);
  StoredFeed(FeedStore& store, NewestAmong* among, std::size_t number)
      : store_(store), among_(among), number_(number) {}
  FeedStore& store_;
  NewestAmong* among_;  // nullptr: it is the only one
  std::size_t number_;
};

/// Opens each of them in turn, those pulled last at the end.
Result<void> for_each_feed(cli::Invocation& invocation,
                           const std::function<Result<void>(StoredFeed& feed)>& work);

}  // namespace quarry::taxii_pull
