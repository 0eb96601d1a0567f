// From what a command line or a plan says to acts: what is sent, whereto, and the case that keeps
// it.
#pragma once

#include "common/actions/plan_file.h"
#include "common/auth/connection.h"
#include "common/cli/invocation.h"
#include "tools/incident-link/link/add_rows.h"
#include "tools/incident-link/link/link_settings.h"
#include "tools/incident-link/send/plan_sending.h"

#include <optional>
#include <string>
#include <vector>

namespace quarry::incident_link {

struct SendJob {
  LinkSettings settings;
  Target target;
  std::string folder;
  CaseHead head;              // of the case, also of one that is still to be made
  std::vector<LinkRow> rows;  // to be in the case before anything is sent
  SendPlan plan;
  std::string run;
};

/// The settings' connection, read without asking the network; of the one profile that is chosen.
Result<auth::Connection> connection_of(const config::RunContext& context);

/// `state`: of the case in `folder`; empty where there is none yet.
Result<SendJob> job_of_rows(const LinkSettings& settings, std::vector<LinkRow> rows,
                            const CaseState& state, std::string folder,
                            const auth::Connection& connection, std::string run);

/// Rows as a plan brings them, owned.
struct PlannedRows {
  std::vector<Row> rows;
};
/// --plan: exactly its acts. `file` is where it was read. kRefused where they are for another
/// tenant. `rows` outlives the job.
Result<SendJob> job_of_plan(actions::Plan plan, const std::string& file,
                            const auth::Connection& connection, PlannedRows& rows);

}  // namespace quarry::incident_link
