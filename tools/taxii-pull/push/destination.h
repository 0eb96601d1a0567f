// Where batches go: address, token and limits of each service.
#pragma once

#include "common/auth/connection.h"
#include "common/base/result.h"
#include "common/cli/invocation.h"
#include "common/net/rate_limit.h"
#include "tools/taxii-pull/push/push.h"

#include <string>

namespace quarry::taxii_pull {

struct Destination {
  std::string url;
  std::string scope;
  const net::ApiLimit* limit;
  std::string name;  // "Defender"
};

/// Sentinel's host becomes one that `connection` trusts with its tokens. kUsage where a setting is
/// missing.
Result<Destination> destination_of(const cli::Invocation& invocation, PushTarget target,
                                   auth::Connection& connection);

}  // namespace quarry::taxii_pull
