// The pulled collections that export and report are about.
#pragma once

#include "common/cli/invocation.h"
#include "tools/taxii-pull/state/feed_store.h"

#include <functional>
#include <vector>

namespace quarry::taxii_pull {

/// Those whose server, state or collection is among the arguments; without arguments all. kData
/// where there is none.
Result<std::vector<Checkpoint>> chosen_feeds(const cli::Invocation& invocation);

/// Opens each of them in turn.
Result<void> for_each_feed(const cli::Invocation& invocation,
                           const std::function<Result<void>(FeedStore& store)>& work);

}  // namespace quarry::taxii_pull
