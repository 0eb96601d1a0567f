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
/// "…/quarry/taxii"; kUsage without a home.
Result<std::string> states_folder(const Environment& environment);

}  // namespace quarry::taxii_pull
