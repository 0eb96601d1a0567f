// A plan for people: what would be done, to how many devices, and how long it takes at least.
#pragma once

#include "tools/lr/run/preparation.h"

#include <cstddef>
#include <string>

namespace quarry::lr {

std::string plan_text(const Prepared& prepared, std::size_t max_sessions);

}  // namespace quarry::lr
