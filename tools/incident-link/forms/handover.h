// A case as a report to hand over.
#pragma once

#include "common/output/report.h"
#include "tools/incident-link/case/case_state.h"

namespace quarry::incident_link {

output::Report handover_of(const CaseState& state);

}  // namespace quarry::incident_link
