// Batches on their way to the service: planned, and with --apply sent, each noted in a journal
// before and after.
#pragma once

#include "common/cli/invocation.h"
#include "tools/taxii-pull/push/upload.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarry::taxii_pull {

enum class PushTarget : std::uint8_t {
  kDefender,
  kSentinel,
  kOldSentinel,  // the API before, for workspaces that still use it
};

/// Where, and how the service is asked.
Result<int> push_batches(cli::Invocation& invocation, PushTarget target,
                         const std::vector<UploadBatch>& batches);

}  // namespace quarry::taxii_pull
