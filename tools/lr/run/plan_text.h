// A plan for people: what would be done, to how many devices, and how long it takes at least.
#pragma once

#include "tools/lr/run/job.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace quarry::lr {

std::string plan_text(const JobPlan& plan, std::span<const Job> jobs, std::size_t max_sessions);

}  // namespace quarry::lr
