// Completeness proved: every version that the manifest names has been received.
#pragma once

#include "common/services/taxii/walk.h"
#include "tools/taxii-pull/state/feed_store.h"

#include <cstdint>
#include <optional>
#include <string>

namespace quarry::taxii_pull {

struct Verification {
  std::uint64_t missing = 0;  // versions that had not come
  std::uint64_t fetched = 0;  // of them, by id, afterwards
  std::optional<Error> error;
};

/// Reads the manifest with the filters of the walk and fetches by match[id] what the store lacks.
Verification verify_collection(services::taxii::Server& server, const std::string& collection_url,
                               const services::taxii::WalkOptions& options, FeedStore& store,
                               services::taxii::ObjectSink& sink);

}  // namespace quarry::taxii_pull
