// The guard before acting (cli-conventions section 8): plan only, act, or refuse.
#pragma once

#include "common/actions/confirmer.h"
#include "common/actions/plan_file.h"
#include "common/base/result.h"
#include "common/config/run_context.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::actions {

struct GateSettings {
  bool apply = false;
  bool dry_run = false;  // wins over apply
  bool yes = false;
  std::optional<std::uint64_t> max_targets = {};
  bool may_ask = false;  // a person sits at standard input, and --no-input was not given
  std::string reason = {};
};

/// Reads the options of kActionOptions by their long names.
Result<GateSettings> read_gate_settings(const config::LookUp& look_up, bool stdin_is_terminal);

enum class Decision : std::uint8_t { kPlanOnly, kAct };

/// kRefused, with what would let it through, where the plan is larger than --max-targets, a severe
/// step has no reason or no confirmation, or the person declined. Nothing was changed then.
Result<Decision> decide(const PlanCounts& counts, const GateSettings& settings,
                        Confirmer& confirmer);

}  // namespace quarry::actions
