// A run from its journal on: what was confirmed is done, or gone on with.
#pragma once

#include "common/auth/session.h"
#include "common/cli/invocation.h"
#include "common/services/live_response/api.h"
#include "tools/lr/run/preparation.h"

#include <string>

namespace quarry::lr {

/// The exit status. Where files go, and the archive, are tried before anything is sent.
Result<int> execute(cli::Invocation& invocation, auth::Session& session,
                    const live_response::Api& api, Prepared prepared, const std::string& reason);

}  // namespace quarry::lr
