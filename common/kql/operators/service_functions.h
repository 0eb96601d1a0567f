// Functions that Defender adds to the language, all of them called by invoke: FileProfile(),
// DeviceFromIP(), SeenBy(). Their columns are known. What they answer is looked up in a table of
// the function's name where there is one (--table FileProfile=profiles.ndjson, a let, a function of
// --functions); DeviceFromIP() reads DeviceNetworkInfo otherwise.
#pragma once

#include "common/kql/bind/binder.h"

#include <string_view>

namespace quarry::kql::operators {

bool is_service_function(std::string_view name);

/// The input's columns and those of the function, one row for each of the input. Without a table
/// that answers, a check gives the columns alone and a run an error. Null after an error.
PlanNodePtr bind_service_function(Binder& binder, const syntax::Call& call, PlanNodePtr input);

}  // namespace quarry::kql::operators
