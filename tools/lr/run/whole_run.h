// A run from its plan to its summary: gate, journal, library, devices, archive.
#pragma once

#include "common/auth/session.h"
#include "common/cli/invocation.h"
#include "common/services/live_response/api.h"
#include "tools/lr/run/preparation.h"

namespace quarry::lr {

/// What `run` and `quarantine` end with: the plan is printed, or done. The exit status.
Result<int> plan_or_execute(cli::Invocation& invocation, auth::Session& session,
                            const live_response::Api& api, Prepared prepared);

}  // namespace quarry::lr
