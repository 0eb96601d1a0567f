// status, assign, close with --to, and what takes them back: an incident is changed as a case is,
// planned first, with --apply for good. The case keeps what was done, and follows.
#pragma once

#include "common/cli/invocation.h"
#include "common/services/incidents/incident_edit.h"

#include <string>

namespace quarry::incident_link {

/// --to INCIDENT was given.
bool is_online_edit(const cli::Invocation& invocation);
/// The incident of --to; `comment` "" none.
Result<int> edit_online(cli::Invocation& invocation, const services::incidents::IncidentEdit& edit,
                        const std::string& comment);

/// --plan holds changes of incidents, not rows. kData where it cannot be read.
Result<bool> is_edit_plan(const std::string& file);
Result<int> edit_by_plan(cli::Invocation& invocation);

}  // namespace quarry::incident_link
