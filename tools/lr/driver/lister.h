// Lists of the service, however many pages they have, without holding up what else is in flight.
#pragma once

#include "common/net/http.h"
#include "common/net/paging.h"
#include "common/services/live_response/api.h"
#include "common/services/live_response/machine.h"
#include "common/services/live_response/machine_action.h"

#include <functional>
#include <string>
#include <vector>

namespace quarry::lr {

using ActionList = Result<std::vector<live_response::MachineAction>>;
using MachineList = Result<std::vector<live_response::Machine>>;

/// Asks for the live response actions made at `since` (as the service writes times) or later.
void start_listing(net::Http& http, const live_response::Api& api, const std::string& since,
                   std::function<void(ActionList)> done);
/// Asks for the machines that have reported at `since` or later.
void start_looking(net::Http& http, const live_response::Api& api, const std::string& since,
                   std::function<void(MachineList)> done);

}  // namespace quarry::lr
