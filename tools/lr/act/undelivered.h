// An act whose request had no answer.
#pragma once

#include "common/actions/actor.h"
#include "common/net/http.h"

namespace quarry::lr {

/// Unknown where it may have arrived, failed where it never left. `outcome` holds an error.
actions::ActResult undelivered(const net::Outcome& outcome);

}  // namespace quarry::lr
