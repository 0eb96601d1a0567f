// What every command shares that acts on an incident: the guard before it, and the case that keeps
// what is done.
#pragma once

#include "common/actions/gate.h"
#include "common/cli/invocation.h"
#include "common/net/clock.h"
#include "tools/incident-link/case/case_file.h"

#include <string>

namespace quarry::incident_link {

/// Asks where asking is due. kRefused where the plan is larger than --max-targets, or 25 without.
Result<actions::GateSettings> pass_gate(cli::Invocation& invocation,
                                        const actions::PlanCounts& counts);

/// Empty where there is no case yet.
Result<CaseState> case_if_any(const std::string& folder);
/// The case, made with `head` where there is none. Its records have the session's time.
Result<CaseFile> open_acting_case(const std::string& folder, const CaseHead& head, std::string run,
                                  const net::Clock& clock);

}  // namespace quarry::incident_link
