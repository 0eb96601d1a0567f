// A plan as NDJSON: `tool … > plan.ndjson`, review it, `tool --apply --plan plan.ndjson`.
#pragma once

#include "common/actions/action.h"
#include "common/base/result.h"

#include <cstddef>
#include <functional>
#include <optional>
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

/// How severe an act is, told from the act itself (name, parameters) and not from what the plan
/// says; nullopt: no act of the tool's.
using LevelOf = std::function<std::optional<Level>(const Action&)>;

/// Lines may have been left out by who reviewed it, not changed. kData, placed at `name`:LINE, for
/// a line that is no step of a plan of this tool, was changed, or belongs to another run. Whoever
/// writes a plan by hand can write its digests, too: with `level_of`, a step that claims another
/// level than its act has is refused all the same.
Result<Plan> read_plan(std::string_view text, const std::string& name, std::string_view tool,
                       const LevelOf& level_of = {});

/// How much of each level, for confirmation and summary.
struct PlanCounts {
  std::size_t reversible = 0;
  std::size_t severe = 0;
  std::size_t all() const { return reversible + severe; }
};
PlanCounts count(std::span<const Action> actions);

}  // namespace quarry::actions
