// One list of our actions, however many pages it has, without holding up what else is in flight.
#pragma once

#include "common/net/http.h"
#include "common/net/paging.h"
#include "common/services/live_response/api.h"
#include "common/services/live_response/machine_action.h"

#include <functional>
#include <string>
#include <vector>

namespace quarry::lr {

using ActionList = Result<std::vector<live_response::MachineAction>>;

/// Asks for the live response actions made at `since` (as the service writes times) or later.
void start_listing(net::Http& http, const live_response::Api& api, const std::string& since,
                   std::function<void(ActionList)> done);

}  // namespace quarry::lr
