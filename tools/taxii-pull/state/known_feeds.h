// The states that there are, and where they lie.
#pragma once

#include "common/base/env.h"
#include "common/base/result.h"
#include "tools/taxii-pull/state/checkpoint.h"

#include <string>
#include <vector>

namespace quarry::taxii_pull {

/// Those in the folder, in the order of their folders' names; unreadable ones as errors.
struct KnownFeeds {
  std::vector<Checkpoint> feeds;
  std::vector<Error> errors;
};
KnownFeeds known_feeds(const std::string& states);
/// By its server, its collection, its source, the name of its state or the beginning of that, or as
/// messages call it.
bool is_called(const Checkpoint& feed, const std::string& name);
/// "server: collection", as messages call it.
std::string shown_name(const Checkpoint& feed);
/// A hint for a name that none is called.
std::string did_you_mean_state(const std::vector<Checkpoint>& feeds, const std::string& name);
/// "…/quarry/taxii"; kUsage without a home.
Result<std::string> states_folder(const Environment& environment);

}  // namespace quarry::taxii_pull
