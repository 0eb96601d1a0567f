// status, assign, close with --to, and what takes them back: an incident is changed as a case is,
// planned first, with --apply for good. The case keeps what was done, and follows.
#pragma once

#include "common/actions/plan_file.h"
#include "common/cli/invocation.h"
#include "common/services/incidents/incident_edit.h"

#include <string>

namespace quarry::incident_link {

/// --to INCIDENT was given.
bool is_online_edit(const cli::Invocation& invocation);
/// The incident of --to; `comment` "" none.
Result<int> edit_online(cli::Invocation& invocation, const services::incidents::IncidentEdit& edit,
                        const std::string& comment);

/// A plan that holds changes of incidents, not rows.
bool is_edit_plan(const actions::Plan& plan);
Result<int> edit_by_plan(cli::Invocation& invocation, const actions::Plan& plan);

}  // namespace quarry::incident_link
