// A plan as NDJSON: `tool … > plan.ndjson`, review it, `tool --apply --plan plan.ndjson`.
#pragma once

#include "common/actions/action.h"
#include "common/base/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::actions {

struct Plan {
  std::string run;  // names the journal: a plan that is applied twice goes on, it does not repeat
  std::vector<Action> actions;
};

/// A line each.
std::string to_text(const Plan& plan, std::string_view tool);

/// Lines may have been left out by who reviewed it, not changed. kData, placed at `name`:LINE, for
/// a line that is no step of a plan of this tool, was changed, or belongs to another run.
Result<Plan> read_plan(std::string_view text, const std::string& name, std::string_view tool);

/// How much of each level, for confirmation and summary.
struct PlanCounts {
  std::size_t reversible = 0;
  std::size_t severe = 0;
  std::size_t all() const { return reversible + severe; }
};
PlanCounts count(std::span<const Action> actions);

}  // namespace quarry::actions
