// What a run puts into the library before the first device is asked.
#pragma once

#include "common/actions/action.h"
#include "common/auth/session.h"
#include "common/base/cancel.h"
#include "common/journal/journal.h"
#include "common/services/live_response/api.h"

#include <span>
#include <string>

namespace quarry::lr {

/// The uploads of a plan; its other steps are left alone. An error where one cannot be put there.
Result<void> push_library(std::span<const actions::Action> plan, auth::Session& session,
                          const live_response::Api& api, journal::Journal& journal,
                          const std::string& run, const std::string& reason,
                          const CancelToken* cancel);

}  // namespace quarry::lr
